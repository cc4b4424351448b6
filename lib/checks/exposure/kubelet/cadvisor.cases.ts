import { usualCases } from '../add-ons/usual-cases.ts';
import { type ProbeCase, page } from '../probe.ts';

export const cases: readonly ProbeCase[] = [
  ...usualCases,
  {
    name: 'its pages',
    greeting: { http: 'plain' },
    answers: { 'GET /containers/': page(200, '<html>\n  <head>\n    <title>cAdvisor - /</title>') },
    otherwise: page(404),
    expect: 'fail',
    severity: 'medium',
  },
  {
    name: 'its metrics',
    greeting: { http: 'plain' },
    answers: { 'GET /metrics': page(200, '# HELP cadvisor_version_info A metric with a constant value\n') },
    otherwise: page(404),
    expect: 'fail',
  },
];
