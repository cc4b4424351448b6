import { none, type ProbeCase, page } from '../probe.ts';
import { kubeletCases } from './kubelet-cases.ts';

export const cases: readonly ProbeCase[] = [
  ...kubeletCases,
  {
    name: 'what has a first page is no kubelet, and is sent no POST',
    greeting: { http: 'tls', page: { is: 'http', status: 200, headers: {}, body: '<h1>Files</h1>', isCut: false } },
    answers: { 'OPTIONS /run/X_NOBODY/X_NOTHING/X_NOTHING over TLS': page(200) },
    otherwise: page(404, 'pod does not exist'),
    expect: 'nothing',
  },
  {
    name: 'let in everywhere',
    greeting: { http: 'tls' },
    answers: {
      'OPTIONS /run/X_NOBODY/X_NOTHING/X_NOTHING over TLS': page(405, '405: Method Not Allowed'),
      'POST /run/X_NOBODY/X_NOTHING/X_NOTHING over TLS': page(404, 'pod does not exist'),
      'POST /exec/X_NOBODY/X_NOTHING/X_NOTHING over TLS': page(400, 'you must specify at least 1 of stdin, stdout, stderr'),
      'POST /attach/X_NOBODY/X_NOTHING/X_NOTHING over TLS': page(400, 'you must specify at least 1 of stdin, stdout, stderr'),
      'POST /portForward/X_NOBODY/X_NOTHING over TLS': page(404, 'pod does not exist'),
    },
    expect: 'fail',
    severity: 'critical',
    says: 'POST /portForward',
  },
  {
    name: 'strangers may create, though they may not ask for options',
    greeting: { http: 'tls' },
    answers: {
      'OPTIONS /run/X_NOBODY/X_NOTHING/X_NOTHING over TLS': page(
        403,
        'Forbidden (user=system:anonymous, verb=, resource=nodes, subresource(s)=[proxy])',
      ),
      'POST /run/X_NOBODY/X_NOTHING/X_NOTHING over TLS': page(404, 'pod does not exist'),
    },
    otherwise: page(403, 'Forbidden (user=system:anonymous, verb=create, resource=nodes, subresource(s)=[proxy])'),
    expect: 'fail',
  },
  {
    name: 'switched off',
    greeting: { http: 'tls' },
    answers: {},
    otherwise: page(405, 'Debug endpoints are disabled.\n'),
    expect: 'pass',
  },
  {
    name: 'one question without an answer',
    greeting: { http: 'tls' },
    answers: { 'POST /run/X_NOBODY/X_NOTHING/X_NOTHING over TLS': none('timed-out') },
    otherwise: page(403),
    expect: 'unknown',
  },
];
