import { usualCases } from '../add-ons/usual-cases.ts';
import { type ProbeCase, page } from '../probe.ts';

export const cases: readonly ProbeCase[] = [
  ...usualCases,
  {
    name: 'its figures',
    greeting: { http: 'plain' },
    answers: {
      'GET /metrics': page(200, '# HELP kube_vip_active_services Number of active services\n# TYPE kube_vip_active_services gauge\n'),
    },
    otherwise: page(404),
    expect: 'fail',
    severity: 'low',
  },
  {
    name: 'figures of other software',
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
