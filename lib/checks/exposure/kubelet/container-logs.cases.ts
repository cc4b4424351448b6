import { type ProbeCase, page } from '../probe.ts';
import { kubeletCases } from './kubelet-cases.ts';

export const cases: readonly ProbeCase[] = [
  ...kubeletCases,
  {
    name: 'it looked for the pod',
    greeting: { http: 'tls' },
    answers: { 'GET /containerLogs/X_NOBODY/X_NOTHING/X_NOTHING over TLS': page(404, 'pod "X_NOTHING" does not exist') },
    expect: 'fail',
    severity: 'high',
  },
  {
    name: 'switched off',
    greeting: { http: 'tls' },
    answers: { 'GET /containerLogs/X_NOBODY/X_NOTHING/X_NOTHING over TLS': page(405, 'Debug endpoints are disabled.\n') },
    expect: 'pass',
  },
];
