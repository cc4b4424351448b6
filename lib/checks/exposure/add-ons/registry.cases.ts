import { type ProbeCase, page } from '../probe.ts';
import { usualCases } from './usual-cases.ts';

export const cases: readonly ProbeCase[] = [
  {
    name: 'a catalogue',
    greeting: { http: 'plain' },
    answers: {
      'GET /v2/_catalog?n=1': page(200, '{"repositories":["shop/front"]}\n', { 'docker-distribution-api-version': 'registry/2.0' }),
      'GET /v2/': page(200, '{}', { 'docker-distribution-api-version': 'registry/2.0' }),
    },
    expect: 'fail',
    severity: 'high',
  },
  {
    name: 'no catalogue, but no login',
    greeting: { http: 'plain' },
    answers: {
      'GET /v2/_catalog?n=1': page(404, '', { 'docker-distribution-api-version': 'registry/2.0' }),
      'GET /v2/': page(200, '{}', { 'docker-distribution-api-version': 'registry/2.0' }),
    },
    expect: 'fail',
    severity: 'medium',
  },
  {
    name: 'asks for a login',
    greeting: { http: 'plain' },
    answers: {
      'GET /v2/_catalog?n=1': page(401, '{"errors":[{"code":"UNAUTHORIZED"}]}', { 'docker-distribution-api-version': 'registry/2.0' }),
      'GET /v2/': page(401, '{"errors":[{"code":"UNAUTHORIZED"}]}', {
        'docker-distribution-api-version': 'registry/2.0',
        'www-authenticate': 'Basic realm="registry"',
      }),
    },
    expect: 'pass',
    says: '401',
  },
  {
    name: 'asks for a token',
    greeting: { http: 'tls' },
    answers: {
      'GET /v2/_catalog?n=1 over TLS': page(401),
      'GET /v2/ over TLS': page(401, '', {
        'www-authenticate': 'Bearer realm="https://h.example/service/token",service="harbor-registry"',
      }),
    },
    expect: 'pass',
  },
  ...usualCases,
];
