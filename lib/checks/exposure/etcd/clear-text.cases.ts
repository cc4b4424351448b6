import { type ProbeCase, page } from '../probe.ts';
import { etcdCases, version } from './etcd-cases.ts';

export const cases: readonly ProbeCase[] = [
  ...etcdCases,
  { name: 'without TLS', greeting: { http: 'plain' }, answers: { 'GET /version': version }, expect: 'fail', severity: 'critical' },
  { name: 'with TLS', greeting: { http: 'tls' }, answers: { 'GET /version over TLS': version }, expect: 'pass' },
  {
    name: 'the port for figures',
    door: { port: 2381 },
    greeting: { http: 'plain' },
    answers: { 'GET /version': page(404, '404 page not found\n') },
    expect: 'nothing',
  },
];
