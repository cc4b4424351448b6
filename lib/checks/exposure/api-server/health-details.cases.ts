import { none, type ProbeCase, page } from '../probe.ts';
import { refused } from './kubernetes.ts';

const well = '[+]ping ok\n[+]etcd ok\n[+]poststarthook/start-informers ok\nlivez check passed\n';
const ill = '[+]ping ok\n[-]etcd failed: reason withheld\nlivez check failed\n';

export const cases: readonly ProbeCase[] = [
  {
    name: 'as kubeadm leaves it',
    greeting: { http: 'tls' },
    answers: {
      'GET /livez?verbose over TLS': page(200, well),
      'GET /readyz?verbose over TLS': page(200, well),
      'GET /healthz over TLS': page(200, 'ok'),
    },
    expect: 'fail',
    severity: 'info',
    says: 'by default',
  },
  {
    name: 'a check that fails',
    greeting: { http: 'tls' },
    answers: { 'GET /livez?verbose over TLS': page(500, ill) },
    otherwise: page(403, refused(403)),
    expect: 'fail',
    says: '1 failing',
  },
  { name: 'closed', greeting: { http: 'tls' }, answers: {}, otherwise: page(401, refused(401)), expect: 'pass' },
  { name: 'something else', greeting: { http: 'tls' }, answers: {}, otherwise: page(200, '<html>'), expect: 'nothing' },
  { name: 'gives no answer', greeting: { http: 'tls' }, answers: {}, otherwise: none('malformed'), expect: 'unknown' },
];
