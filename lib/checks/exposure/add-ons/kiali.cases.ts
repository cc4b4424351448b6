import { type ProbeCase, page } from '../probe.ts';
import { usualCases } from './usual-cases.ts';

export const cases: readonly ProbeCase[] = [
  {
    name: 'anonymous',
    greeting: { http: 'plain' },
    answers: { 'GET /kiali/api/auth/info': page(200, '{"strategy":"anonymous","sessionInfo":{}}') },
    otherwise: page(404),
    expect: 'fail',
    severity: 'medium',
  },
  {
    name: 'asks for a token',
    greeting: { http: 'plain' },
    answers: { 'GET /kiali/api/auth/info': page(404), 'GET /api/auth/info': page(200, '{"strategy":"token","sessionInfo":{}}') },
    expect: 'pass',
  },
  ...usualCases,
];
