import { none, type ProbeCase, page } from '../probe.ts';
import { refused } from './kubernetes.ts';

const versions = JSON.stringify({
  kind: 'APIVersions',
  versions: ['v1'],
  serverAddressByClientCIDRs: [{ clientCIDR: '0.0.0.0/0', serverAddress: '10.9.8.7:6443' }],
});

export const cases: readonly ProbeCase[] = [
  {
    name: 'versions for everybody',
    greeting: { http: 'tls' },
    answers: { 'GET /api over TLS': page(200, versions) },
    expect: 'fail',
    severity: 'high',
    hides: '10.9.8.7',
  },
  {
    name: 'as kubeadm leaves it',
    greeting: { http: 'tls' },
    answers: { 'GET /api over TLS': page(403, refused(403)) },
    expect: 'pass',
    says: '403',
  },
  { name: 'no anonymous requests', greeting: { http: 'tls' }, answers: { 'GET /api over TLS': page(401, refused(401)) }, expect: 'pass' },
  {
    name: 'a login page in front of it',
    greeting: { http: 'tls' },
    answers: { 'GET /api over TLS': page(200, '<html>Please log in') },
    expect: 'nothing',
  },
  { name: 'too busy', greeting: { http: 'tls' }, answers: { 'GET /api over TLS': page(429) }, expect: 'unknown' },
  { name: 'gives no answer', greeting: { http: 'tls' }, answers: {}, otherwise: none('timed-out'), expect: 'unknown' },
  { name: 'speaks nothing at all', greeting: {}, answers: {}, otherwise: none('hung-up'), expect: 'unknown' },
];
