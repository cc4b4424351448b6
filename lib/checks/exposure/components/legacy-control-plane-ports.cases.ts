import { usualCases } from '../add-ons/usual-cases.ts';
import { type ProbeCase, page } from '../probe.ts';

export const cases: readonly ProbeCase[] = [
  ...usualCases,
  {
    name: 'metrics',
    greeting: { http: 'plain' },
    answers: { 'GET /metrics': page(200, '# HELP workqueue_adds_total [ALPHA] Total number of adds\n') },
    otherwise: page(404),
    expect: 'fail',
    severity: 'high',
  },
  {
    name: 'health',
    greeting: { http: 'plain' },
    answers: { 'GET /healthz': page(200, 'ok') },
    otherwise: page(404),
    expect: 'fail',
    severity: 'high',
  },
  {
    name: 'metrics of other software',
    greeting: { http: 'plain' },
    answers: {
      'GET /metrics': page(
        200,
        '# HELP go_goroutines Number of goroutines that currently exist.\n# TYPE go_goroutines gauge\ngo_goroutines 8\n',
      ),
    },
    otherwise: page(404),
    expect: 'nothing',
  },
];
