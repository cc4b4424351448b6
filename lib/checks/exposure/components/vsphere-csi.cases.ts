import { usualCases } from '../add-ons/usual-cases.ts';
import { type ProbeCase, page } from '../probe.ts';

export const cases: readonly ProbeCase[] = [
  ...usualCases,
  {
    name: 'its figures',
    greeting: { http: 'plain' },
    answers: { 'GET /metrics': page(200, '# HELP vsphere_csi_info CSI Info\n# TYPE vsphere_csi_info gauge\n') },
    otherwise: page(404),
    expect: 'fail',
    severity: 'low',
  },
  {
    name: 'alive',
    door: { port: 9808 },
    greeting: { http: 'plain' },
    answers: { 'GET /healthz': page(200, 'ok') },
    otherwise: page(404),
    expect: 'fail',
    severity: 'info',
  },
  {
    name: 'health of other software',
    greeting: { http: 'plain' },
    answers: { 'GET /healthz': page(200, 'ok') },
    otherwise: page(404),
    expect: 'nothing',
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
