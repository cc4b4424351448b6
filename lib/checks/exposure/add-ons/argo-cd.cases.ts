import { type ProbeCase, page } from '../probe.ts';
import { usualCases } from './usual-cases.ts';

export const cases: readonly ProbeCase[] = [
  {
    name: 'lists applications',
    greeting: { http: 'tls' },
    answers: {
      'GET /api/version over TLS': page(200, '{"Version":"v2.9.3+6eba5be"}'),
      'GET /api/v1/applications over TLS': page(
        200,
        '{"metadata":{"resourceVersion":"1"},"items":[{"spec":{"source":{"repoURL":"https://u:hunter2@git.example"}}}]}',
      ),
    },
    expect: 'fail',
    severity: 'high',
    hides: 'hunter2',
  },
  {
    name: 'asks for a login',
    greeting: { http: 'tls' },
    answers: {
      'GET /api/version over TLS': page(200, '{"Version":"v2.9.3+6eba5be"}'),
      'GET /api/v1/applications over TLS': page(401, '{"error":"no session information","code":16,"message":"no session information"}'),
    },
    expect: 'pass',
  },
  {
    name: 'a version alone',
    greeting: { http: 'plain' },
    answers: { 'GET /api/version': page(200, '{"Version":"v2.9.3+6eba5be"}') },
    otherwise: page(404),
    expect: 'not-applicable',
  },
  {
    name: 'lists of other software',
    greeting: { http: 'plain' },
    answers: { 'GET /api/v1/applications': page(200, '{"metadata":{},"items":[]}') },
    otherwise: page(404),
    expect: 'nothing',
  },
  ...usualCases,
];
