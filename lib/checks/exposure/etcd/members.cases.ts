import { none, type ProbeCase, page } from '../probe.ts';
import { etcdCases, version } from './etcd-cases.ts';

export const cases: readonly ProbeCase[] = [
  ...etcdCases,
  {
    name: 'a list of members',
    greeting: { http: 'tls' },
    answers: {
      'GET /version over TLS': version,
      'GET /members over TLS': page(200, '[{"id":443629905751424238,"peerURLs":["https://10.9.9.9:2380"],"name":"n7","clientURLs":[]}]\n'),
    },
    expect: 'fail',
    severity: 'high',
    hides: '10.9.9.9',
  },
  {
    name: 'the port for clients',
    greeting: { http: 'tls' },
    answers: { 'GET /version over TLS': version },
    otherwise: page(404),
    expect: 'nothing',
  },
  {
    name: 'no answer',
    greeting: { http: 'tls' },
    answers: { 'GET /version over TLS': version },
    otherwise: none('timed-out'),
    expect: 'unknown',
  },
];
