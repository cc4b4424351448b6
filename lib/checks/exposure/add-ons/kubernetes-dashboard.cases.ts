import { none, type ProbeCase, page } from '../probe.ts';
import { usualCases } from './usual-cases.ts';

export const cases: readonly ProbeCase[] = [
  {
    name: 'lists nodes without a login',
    greeting: { http: 'plain' },
    answers: {
      'GET /api/v1/node': page(200, '{"listMeta":{"totalItems":1},"nodes":[{"objectMeta":{"name":"cp-secret-name"}}],"errors":[]}'),
      'GET /api/v1/login/skippable': page(200, '{"skippable":true}'),
    },
    expect: 'fail',
    severity: 'critical',
    hides: 'cp-secret-name',
  },
  {
    name: 'the login can be skipped, but the account may list nothing',
    greeting: { http: 'plain' },
    answers: {
      'GET /api/v1/node': page(200, '{"listMeta":{"totalItems":0},"nodes":[],"errors":[{"ErrStatus":{"reason":"Forbidden"}}]}'),
      'GET /api/v1/login/skippable': page(200, '{"skippable":true}'),
    },
    expect: 'fail',
    severity: 'medium',
  },
  {
    name: 'asks for a login',
    greeting: { http: 'tls' },
    answers: {
      'GET /api/v1/node over TLS': page(401, '{"ErrStatus":{"message":"MSG_LOGIN_UNAUTHORIZED_ERROR"}}'),
      'GET /api/v1/login/skippable over TLS': page(200, '{"skippable":false}'),
    },
    expect: 'pass',
  },
  {
    name: 'a login in front of a Service of that name',
    door: { subject: { kind: 'Service', name: 'kubernetes-dashboard' } },
    greeting: { http: 'plain' },
    answers: { 'GET /api/v1/node': page(302, '', { location: 'https://sso.example/oauth2/authorize?state=s3cr3t' }) },
    otherwise: page(404),
    expect: 'pass',
    hides: 's3cr3t',
  },
  {
    name: 'the question that counts is not answered',
    greeting: { http: 'plain' },
    answers: { 'GET /api/v1/node': none('timed-out'), 'GET /api/v1/login/skippable': page(200, '{"skippable":false}') },
    expect: 'unknown',
  },
  ...usualCases,
];
