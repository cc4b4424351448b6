import { none, type ProbeCase, page } from '../probe.ts';
import { kubeletCases } from './kubelet-cases.ts';

export const cases: readonly ProbeCase[] = [
  ...kubeletCases,
  {
    name: 'one question without an answer',
    greeting: { http: 'tls' },
    answers: { 'GET /configz over TLS': none('timed-out') },
    otherwise: page(401),
    expect: 'unknown',
  },
  {
    name: 'its configuration',
    greeting: { http: 'tls' },
    answers: { 'GET /configz over TLS': page(200, '{"kubeletconfig":{"staticPodURLHeader":{"x":["hunter2"]}}}') },
    otherwise: page(404),
    expect: 'fail',
    severity: 'high',
    hides: 'hunter2',
  },
  {
    name: 'its flags',
    greeting: { http: 'tls' },
    answers: { 'GET /flagz over TLS': page(200, '\nkubelet flagz\nWarning: This endpoint is not meant to be machine parseable\n\nv=2\n') },
    otherwise: page(403),
    expect: 'fail',
    severity: 'medium',
  },
];
