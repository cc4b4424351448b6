import { type ProbeCase, page } from '../probe.ts';
import { kubeletCases } from './kubelet-cases.ts';

export const cases: readonly ProbeCase[] = [
  ...kubeletCases,
  {
    name: 'a command line',
    greeting: { http: 'tls' },
    answers: { 'GET /debug/pprof/cmdline over TLS': page(200, '/usr/bin/kubelet\0--secret=hunter2') },
    expect: 'fail',
    severity: 'medium',
    hides: 'hunter2',
  },
  {
    name: 'switched off',
    greeting: { http: 'tls' },
    answers: { 'GET /debug/pprof/cmdline over TLS': page(405, 'profiling endpoint is disabled.\n') },
    expect: 'pass',
  },
];
