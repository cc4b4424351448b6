import { type ProbeCase, page } from '../probe.ts';
import { usualCases } from './usual-cases.ts';

export const cases: readonly ProbeCase[] = [
  {
    name: 'lists clusters',
    greeting: { http: 'tls' },
    answers: { 'GET /v3/clusters over TLS': page(200, '{"type":"collection","resourceType":"cluster","data":[]}') },
    otherwise: page(404),
    expect: 'fail',
    severity: 'critical',
  },
  {
    name: 'a local password',
    greeting: { http: 'tls' },
    answers: {
      'GET /v3/clusters over TLS': page(401, '{"type":"error","status":"401","message":"must authenticate"}'),
      'GET /v3-public/authProviders over TLS': page(
        200,
        '{"type":"collection","resourceType":"authProvider","data":[{"baseType":"authProvider","id":"local","type":"localProvider"}]}',
      ),
    },
    expect: 'fail',
    severity: 'info',
  },
  {
    name: 'an identity provider',
    greeting: { http: 'tls' },
    answers: {
      'GET /v3/clusters over TLS': page(401, '{"type":"error","status":"401","message":"must authenticate"}'),
      'GET /v3-public/authProviders over TLS': page(
        200,
        '{"type":"collection","resourceType":"authProvider","data":[{"id":"azuread","type":"azureADProvider"}]}',
      ),
    },
    expect: 'pass',
  },
  ...usualCases,
];
