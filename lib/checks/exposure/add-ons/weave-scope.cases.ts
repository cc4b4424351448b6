import { type ProbeCase, page } from '../probe.ts';
import { usualCases } from './usual-cases.ts';

export const cases: readonly ProbeCase[] = [
  {
    name: 'topologies',
    greeting: { http: 'plain' },
    answers: { 'GET /api/topology': page(200, '[{"url":"/api/topology/processes","name":"Processes"}]') },
    expect: 'fail',
    severity: 'critical',
  },
  { name: 'a login in front', greeting: { http: 'plain' }, answers: { 'GET /api/topology': page(401) }, expect: 'pass' },
  ...usualCases,
];
