import { type ProbeCase, page } from '../probe.ts';
import { folder, kubeletCases } from './kubelet-cases.ts';

export const cases: readonly ProbeCase[] = [
  ...kubeletCases,
  {
    name: 'a folder of logs',
    greeting: { http: 'tls' },
    answers: { 'GET /logs/ over TLS': page(200, folder('containers/', 'pods/', 'secret-shop.log')) },
    expect: 'fail',
    severity: 'high',
    hides: 'secret-shop',
  },
  {
    name: 'switched off',
    greeting: { http: 'tls' },
    answers: { 'GET /logs/ over TLS': page(405, 'logs endpoint is disabled.\n') },
    expect: 'pass',
    says: 'switched off',
  },
  {
    name: 'a folder of other software',
    greeting: { http: 'plain' },
    answers: { 'GET /logs/': page(200, folder('index.html')) },
    expect: 'nothing',
  },
];
