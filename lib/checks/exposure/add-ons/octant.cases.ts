import { type ProbeCase, page } from '../probe.ts';
import { usualCases } from './usual-cases.ts';

export const cases: readonly ProbeCase[] = [
  {
    name: 'its page',
    greeting: { http: 'plain' },
    answers: { 'GET /': page(200, '<!doctype html><head><title>Octant</title>') },
    expect: 'fail',
    severity: 'high',
  },
  { name: 'a login in front', greeting: { http: 'plain' }, answers: { 'GET /': page(401) }, expect: 'pass' },
  ...usualCases,
];
