import { type ProbeCase, page } from '../probe.ts';
import { etcdCases, version } from './etcd-cases.ts';

export const cases: readonly ProbeCase[] = [
  ...etcdCases,
  {
    name: 'version and health',
    greeting: { http: 'tls' },
    answers: { 'GET /version over TLS': version, 'GET /health over TLS': page(200, '{"health":"true","reason":""}') },
    expect: 'fail',
    severity: 'medium',
    says: '3.6.8',
  },
  {
    name: 'the port for members',
    greeting: { http: 'tls' },
    answers: { 'GET /version over TLS': version },
    otherwise: page(404),
    expect: 'fail',
  },
];
