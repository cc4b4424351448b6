import { type ProbeCase, page } from '../probe.ts';
import { kubeletCases, podList } from './kubelet-cases.ts';

export const cases: readonly ProbeCase[] = [
  ...kubeletCases,
  {
    name: 'a list of pods',
    greeting: { http: 'tls' },
    answers: { 'GET /runningpods/ over TLS': page(200, podList()) },
    expect: 'fail',
    severity: 'medium',
    hides: 'hunter2',
  },
  {
    name: 'switched off',
    greeting: { http: 'tls' },
    answers: { 'GET /runningpods/ over TLS': page(405, 'Debug endpoints are disabled.\n') },
    expect: 'pass',
  },
];
