import { type ProbeCase, page } from '../probe.ts';
import { usualCases } from './usual-cases.ts';

export const cases: readonly ProbeCase[] = [
  {
    name: 'metrics of objects',
    greeting: { http: 'plain' },
    answers: {
      'GET /metrics': page(
        200,
        '# HELP kube_pod_info [STABLE] Information about pod.\n# TYPE kube_pod_info gauge\nkube_pod_info{namespace="shop",pod="front"} 1\n',
      ),
    },
    expect: 'fail',
    severity: 'low',
  },
  {
    name: 'telemetry',
    door: { port: 8081 },
    greeting: { http: 'plain' },
    answers: { 'GET /metrics': page(200, 'kube_state_metrics_build_info{version="v2.10.0"} 1\n') },
    expect: 'fail',
    severity: 'info',
  },
  {
    name: 'metrics of an API server',
    greeting: { http: 'plain' },
    answers: { 'GET /metrics': page(200, '# HELP kube_apiserver_pod_logs_insecure_backend_total x\n') },
    expect: 'nothing',
  },
  {
    name: 'a proxy that authenticates in front of it',
    door: { subject: { kind: 'Service', name: 'kube-state-metrics' } },
    greeting: { http: 'tls' },
    answers: { 'GET /metrics over TLS': page(401, 'Unauthorized') },
    expect: 'pass',
  },
  ...usualCases,
];
