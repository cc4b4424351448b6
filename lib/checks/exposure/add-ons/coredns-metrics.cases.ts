import { type ProbeCase, page } from '../probe.ts';
import { usualCases } from './usual-cases.ts';

export const cases: readonly ProbeCase[] = [
  {
    name: 'metrics',
    greeting: { http: 'plain' },
    answers: {
      'GET /metrics': page(
        200,
        '# HELP coredns_build_info A metric\ncoredns_build_info{goversion="go1.23",revision="f00",version="1.12.0"} 1\n',
      ),
    },
    expect: 'fail',
    severity: 'low',
    says: '1.12.0',
  },
  { name: 'asks for a login', greeting: { http: 'plain' }, answers: { 'GET /metrics': page(403) }, expect: 'pass' },
  ...usualCases,
];
