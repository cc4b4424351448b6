import { type ProbeCase, page } from '../probe.ts';
import { usualCases } from './usual-cases.ts';

export const cases: readonly ProbeCase[] = [
  {
    name: 'self-registration',
    greeting: { http: 'plain' },
    answers: { 'GET /api/v2.0/systeminfo': page(200, '{"auth_mode":"db_auth","self_registration":true}') },
    expect: 'fail',
    severity: 'medium',
  },
  {
    name: 'a version',
    greeting: { http: 'plain' },
    answers: {
      'GET /api/v2.0/systeminfo': page(200, '{"auth_mode":"db_auth","harbor_version":"v2.4.1-c4b06d79","self_registration":false}'),
    },
    expect: 'fail',
    severity: 'low',
    says: 'v2.4.1',
  },
  {
    name: 'neither',
    greeting: { http: 'plain' },
    answers: { 'GET /api/v2.0/systeminfo': page(200, '{"auth_mode":"oidc_auth","self_registration":false}') },
    expect: 'pass',
  },
  ...usualCases,
];
