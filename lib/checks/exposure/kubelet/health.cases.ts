import { type ProbeCase, page } from '../probe.ts';
import { kubeletCases } from './kubelet-cases.ts';

export const cases: readonly ProbeCase[] = [
  ...kubeletCases,
  {
    name: 'ok',
    door: { port: 10248 },
    greeting: { http: 'plain' },
    answers: { 'GET /healthz': page(200, 'ok') },
    expect: 'fail',
    severity: 'low',
  },
  {
    name: 'a page that is called so',
    greeting: { http: 'plain' },
    answers: { 'GET /healthz': page(200, '<h1>ok</h1>') },
    expect: 'nothing',
  },
];
