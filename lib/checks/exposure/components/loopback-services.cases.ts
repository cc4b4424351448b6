import { usualCases } from '../add-ons/usual-cases.ts';
import { type ProbeCase, page } from '../probe.ts';

export const cases: readonly ProbeCase[] = [
  ...usualCases,
  {
    name: 'profiles',
    greeting: { http: 'plain' },
    answers: { 'GET /debug/pprof/': page(200, '<html>\n<head>\n<title>/debug/pprof/</title>') },
    otherwise: page(404),
    expect: 'fail',
    severity: 'high',
  },
  {
    name: 'Weave Net',
    door: { port: 6784 },
    greeting: { http: 'plain' },
    answers: { 'GET /status': page(200, '        Version: 2.8.1\n\n        Service: router\n       Protocol: weave 1..2\n') },
    otherwise: page(404),
    expect: 'fail',
    severity: 'medium',
  },
  {
    name: 'the agent of AWS',
    door: { port: 61678 },
    greeting: { http: 'plain' },
    answers: { 'GET /v1/enis': page(200, '{"AssignedIPs":3,"TotalIPs":10,"ENIs":{"eni-0a1b":{}}}') },
    otherwise: page(404),
    expect: 'fail',
    severity: 'medium',
    hides: 'eni-0a1b',
  },
  {
    name: 'a body of nothing but line ends, which costs whoever reads it carelessly half a minute',
    door: { port: 6784 },
    greeting: { http: 'plain' },
    answers: {},
    otherwise: page(200, '\n'.repeat(65_536)),
    expect: 'nothing',
  },
];
