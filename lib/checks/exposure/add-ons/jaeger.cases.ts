import { type ProbeCase, page } from '../probe.ts';
import { usualCases } from './usual-cases.ts';

export const cases: readonly ProbeCase[] = [
  {
    name: 'a list of services',
    greeting: { http: 'plain' },
    answers: { 'GET /api/services': page(200, '{"data":["front"],"total":1,"limit":0,"offset":0,"errors":null}') },
    expect: 'fail',
    severity: 'medium',
  },
  {
    name: 'a login in front',
    greeting: { http: 'plain' },
    answers: { 'GET /api/services': page(302, '', { location: '/oauth2/sign_in' }) },
    expect: 'pass',
  },
  ...usualCases,
];
