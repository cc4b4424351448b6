import { none, type ProbeCase, page } from '../probe.ts';
import { refused } from './kubernetes.ts';

const text =
  '# HELP apiserver_storage_objects Number of stored objects\n# TYPE apiserver_storage_objects gauge\napiserver_storage_objects{resource="vaults.example"} 7\n';

export const cases: readonly ProbeCase[] = [
  {
    name: 'metrics for everybody',
    greeting: { http: 'tls' },
    answers: { 'GET /metrics over TLS': page(200, text) },
    otherwise: page(403, refused(403)),
    expect: 'fail',
    severity: 'medium',
    hides: 'vaults.example',
  },
  {
    name: 'those of its checks only',
    greeting: { http: 'tls' },
    answers: { 'GET /metrics/slis over TLS': page(200, '# HELP kubernetes_healthcheck Outcome\n# TYPE kubernetes_healthcheck gauge\n') },
    otherwise: page(403, refused(403)),
    expect: 'fail',
  },
  { name: 'as kubeadm leaves it', greeting: { http: 'tls' }, answers: {}, otherwise: page(403, refused(403)), expect: 'pass' },
  { name: 'a login page', greeting: { http: 'tls' }, answers: {}, otherwise: page(200, '# Welcome'), expect: 'nothing' },
  { name: 'gives no answer', greeting: { http: 'tls' }, answers: {}, otherwise: none('timed-out'), expect: 'unknown' },
];
