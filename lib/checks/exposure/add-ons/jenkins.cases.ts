import { type ProbeCase, page } from '../probe.ts';
import { usualCases } from './usual-cases.ts';

export const cases: readonly ProbeCase[] = [
  {
    name: 'the script console',
    greeting: { http: 'plain' },
    answers: {
      'GET /script': page(200, '<h1>Script Console</h1>', { 'x-jenkins': '2.426' }),
      'GET /api/json?tree=mode': page(200, '{"_class":"hudson.model.Hudson","mode":"NORMAL"}', { 'x-jenkins': '2.426' }),
    },
    expect: 'fail',
    severity: 'critical',
  },
  {
    name: 'reads without a login',
    greeting: { http: 'plain' },
    answers: {
      'GET /script': page(403, '', { 'x-jenkins': '2.426' }),
      'GET /api/json?tree=mode': page(200, '{"_class":"hudson.model.Hudson","mode":"NORMAL"}', { 'x-jenkins': '2.426' }),
    },
    expect: 'fail',
    severity: 'high',
  },
  {
    name: 'asks for a login',
    greeting: { http: 'plain' },
    answers: {
      'GET /script': page(403, 'Authentication required', { 'x-jenkins': '2.426' }),
      'GET /api/json?tree=mode': page(403, 'Authentication required', { 'x-jenkins': '2.426' }),
    },
    expect: 'pass',
  },
  ...usualCases,
];
