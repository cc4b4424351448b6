import { usualCases } from '../add-ons/usual-cases.ts';
import { type ProbeCase, page } from '../probe.ts';

export const cases: readonly ProbeCase[] = [
  ...usualCases,
  {
    name: 'takes orders',
    greeting: { http: 'plain' },
    answers: {
      'GET /version': page(
        200,
        '{"Platform":{"Name":"Docker Engine - Community"},"Version":"27.3.1","ApiVersion":"1.47","MinAPIVersion":"1.24"}',
      ),
    },
    otherwise: page(404),
    expect: 'fail',
    severity: 'critical',
    says: '27.3.1',
  },
  {
    name: 'without saying its version',
    greeting: { http: 'plain' },
    answers: { 'GET /version': page(200, '{"ApiVersion":"1.40","GitCommit":"x"}') },
    otherwise: page(404),
    expect: 'fail',
  },
  {
    name: 'another version',
    greeting: { http: 'plain' },
    answers: { 'GET /version': page(200, '{"version":"2.1"}') },
    otherwise: page(404),
    expect: 'nothing',
  },
  { name: 'a login', greeting: { http: 'tls' }, answers: {}, otherwise: page(403), expect: 'pass' },
  {
    name: 'a client certificate',
    greeting: { tls: { is: 'tls', accepted: false, refusal: 'client-certificate', chain: [] } },
    answers: {},
    expect: 'pass',
  },
];
