import { none, type ProbeCase, page } from '../probe.ts';
import { kubeletCases } from './kubelet-cases.ts';

export const cases: readonly ProbeCase[] = [
  ...kubeletCases,
  {
    name: 'one question without an answer',
    greeting: { http: 'tls' },
    answers: { 'GET /metrics over TLS': none('timed-out') },
    otherwise: page(401),
    expect: 'unknown',
  },
  {
    name: 'metrics',
    greeting: { http: 'plain' },
    answers: { 'GET /metrics': page(200, '# HELP apiserver_audit_event_total [ALPHA] Counter of audit events\n') },
    otherwise: page(404),
    expect: 'fail',
    severity: 'medium',
  },
  {
    name: 'statistics',
    greeting: { http: 'tls' },
    answers: { 'GET /stats/summary over TLS': page(200, '{\n "node": {\n  "nodeName": "n7",\n') },
    otherwise: page(404),
    expect: 'fail',
    hides: 'n7',
  },
  {
    name: 'containers',
    greeting: { http: 'tls' },
    answers: { 'GET /metrics/cadvisor over TLS': page(200, '# HELP cadvisor_version_info A metric with a constant value\n') },
    otherwise: page(404),
    expect: 'fail',
  },
  {
    name: 'the machine, by an old kubelet',
    greeting: { http: 'tls' },
    answers: { 'GET /spec/ over TLS': page(200, '{\n  "num_cores": 4,\n  "machine_id": "a1b2"\n}') },
    otherwise: page(401),
    expect: 'fail',
    hides: 'a1b2',
  },
  {
    name: 'metrics of other software',
    greeting: { http: 'plain' },
    answers: { 'GET /metrics': page(200, '# HELP go_goroutines Number of goroutines\n') },
    otherwise: page(404),
    expect: 'nothing',
  },
];
