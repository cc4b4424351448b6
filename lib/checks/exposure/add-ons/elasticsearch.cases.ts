import { type ProbeCase, page } from '../probe.ts';
import { usualCases } from './usual-cases.ts';

export const cases: readonly ProbeCase[] = [
  {
    name: 'no login',
    greeting: { http: 'plain' },
    answers: {
      'GET /': page(200, '{"name":"es-0","cluster_name":"logs","version":{"number":"8.11.1"},"tagline":"You Know, for Search"}'),
      'GET /_cluster/health': page(200, '{"cluster_name":"logs","status":"green","number_of_nodes":3}'),
    },
    expect: 'fail',
    severity: 'high',
  },
  {
    name: 'a name, but no more',
    greeting: { http: 'plain' },
    answers: {
      'GET /': page(200, '{"name":"es-0","cluster_name":"logs","version":{"number":"8.11.1"},"tagline":"You Know, for Search"}'),
      'GET /_cluster/health': page(403, '{"error":{}}'),
    },
    expect: 'fail',
    severity: 'low',
    says: '8.11.1',
  },
  {
    name: 'asks for a login',
    greeting: { http: 'tls' },
    answers: {
      'GET / over TLS': page(401, '{"error":{"type":"security_exception"}}'),
      'GET /_cluster/health over TLS': page(401, '{"error":{"type":"security_exception"}}', {
        'www-authenticate': 'Basic realm="security"',
      }),
    },
    expect: 'pass',
  },
  ...usualCases,
];
