import { type ProbeCase, page } from '../probe.ts';
import { kubeletCases, podList } from './kubelet-cases.ts';

export const cases: readonly ProbeCase[] = [
  ...kubeletCases,
  {
    name: 'a privileged container on the read-only port',
    greeting: { http: 'plain' },
    answers: { 'GET /pods': page(200, podList({ containers: [{ name: 'cni', securityContext: { privileged: true } }] })) },
    expect: 'fail',
    severity: 'high',
  },
  {
    name: 'none, though an annotation says so',
    greeting: { http: 'plain' },
    answers: { 'GET /pods': page(200, podList()) },
    expect: 'pass',
    hides: 'hunter2',
  },
  {
    name: 'a longer list than was read',
    greeting: { http: 'plain' },
    answers: { 'GET /pods': { is: 'http', status: 200, headers: {}, body: podList().slice(0, 90), isCut: true } },
    expect: 'unknown',
  },
];
