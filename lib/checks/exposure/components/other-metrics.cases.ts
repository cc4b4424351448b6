import { usualCases } from '../add-ons/usual-cases.ts';
import { type ProbeCase, page } from '../probe.ts';

export const cases: readonly ProbeCase[] = [
  ...usualCases,
  {
    name: 'some program',
    greeting: { http: 'plain' },
    answers: {
      'GET /metrics': page(
        200,
        '# HELP go_goroutines Number of goroutines that currently exist.\n# TYPE go_goroutines gauge\ngo_goroutines 8\n',
      ),
    },
    otherwise: page(404),
    expect: 'fail',
    severity: 'low',
  },
  {
    name: 'a program that another probe speaks of',
    greeting: { http: 'plain' },
    answers: { 'GET /metrics': page(200, '# HELP kube_vip_build_info x\n# TYPE kube_vip_build_info gauge\n') },
    otherwise: page(404),
    expect: 'nothing',
  },
  {
    name: 'the kubelet',
    greeting: { http: 'plain' },
    answers: { 'GET /metrics': page(200, '# HELP apiserver_audit_event_total [ALPHA] x\n') },
    otherwise: page(404),
    expect: 'nothing',
  },
];
