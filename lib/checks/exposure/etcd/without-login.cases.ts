import { none, type ProbeCase, page } from '../probe.ts';
import { etcdCases, gateway, nobody, version } from './etcd-cases.ts';

export const cases: readonly ProbeCase[] = [
  ...etcdCases,
  {
    name: 'no users',
    greeting: { http: 'tls' },
    answers: { 'GET /version over TLS': version, 'POST /v3/auth/status over TLS': gateway(', "authRevision":"1"') },
    otherwise: nobody,
    expect: 'fail',
    severity: 'high',
  },
  {
    name: 'users, but the state shows',
    greeting: { http: 'tls' },
    answers: {
      'GET /version over TLS': version,
      'POST /v3/auth/status over TLS': gateway(', "enabled":true, "authRevision":"7"'),
      'POST /v3/maintenance/status over TLS': gateway(', "version":"3.6.8", "dbSize":"20480", "leader":"443629905751424238"'),
    },
    expect: 'fail',
    severity: 'low',
  },
  { name: 'users', greeting: { http: 'tls' }, answers: { 'GET /version over TLS': version }, otherwise: nobody, expect: 'pass' },
  {
    name: 'no answer about users',
    greeting: { http: 'tls' },
    answers: { 'GET /version over TLS': version, 'POST /v3/auth/status over TLS': none('timed-out') },
    otherwise: nobody,
    expect: 'unknown',
  },
  { name: 'no gateway', greeting: { http: 'tls' }, answers: { 'GET /version over TLS': version }, otherwise: page(404), expect: 'nothing' },
];
