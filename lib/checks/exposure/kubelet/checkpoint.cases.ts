import { type ProbeCase, page } from '../probe.ts';
import { kubeletCases } from './kubelet-cases.ts';

export const cases: readonly ProbeCase[] = [
  ...kubeletCases,
  {
    name: 'what has a first page is no kubelet, and is sent no POST',
    greeting: { http: 'tls', page: { is: 'http', status: 200, headers: {}, body: '<h1>Files</h1>', isCut: false } },
    answers: {},
    otherwise: page(404, 'pod does not exist'),
    expect: 'nothing',
  },
  {
    name: 'on the port without a login',
    door: { port: 10255 },
    greeting: { http: 'plain' },
    answers: { 'POST /checkpoint/X_NOBODY/X_NOTHING/X_NOTHING': page(404, 'pod does not exist') },
    expect: 'fail',
    severity: 'medium',
  },
  {
    name: 'on the port without a login, repaired',
    door: { port: 10255 },
    greeting: { http: 'plain' },
    answers: { 'POST /checkpoint/X_NOBODY/X_NOTHING/X_NOTHING': page(404, '404: Page Not Found') },
    expect: 'nothing',
  },
];
