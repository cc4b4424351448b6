import { usualCases } from '../add-ons/usual-cases.ts';
import { type ProbeCase, page } from '../probe.ts';

export const cases: readonly ProbeCase[] = [
  ...usualCases,
  {
    name: 'its figures',
    greeting: { http: 'plain' },
    answers: {
      'GET /v1/metrics': page(
        200,
        '# HELP container_blkio_io_service_bytes_recursive_bytes The blkio\n# TYPE container_blkio_io_service_bytes_recursive_bytes gauge\n',
      ),
    },
    otherwise: page(404),
    expect: 'fail',
    severity: 'low',
  },
  {
    name: 'other figures',
    greeting: { http: 'plain' },
    answers: {
      'GET /v1/metrics': page(
        200,
        '# HELP go_goroutines Number of goroutines that currently exist.\n# TYPE go_goroutines gauge\ngo_goroutines 8\n',
      ),
    },
    otherwise: page(404),
    expect: 'nothing',
  },
];
