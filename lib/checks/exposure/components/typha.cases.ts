import type { ProbeCase } from '../probe.ts';

export const cases: readonly ProbeCase[] = [
  {
    name: 'a client certificate',
    greeting: { tls: { is: 'tls', accepted: false, refusal: 'client-certificate', chain: [] } },
    answers: {},
    expect: 'pass',
  },
  { name: 'no TLS', answers: {}, expect: 'fail', severity: 'medium', says: 'potential' },
  { name: 'TLS without a client certificate', greeting: { tls: { is: 'tls', accepted: true, chain: [] } }, answers: {}, expect: 'fail' },
  { name: 'a web server', greeting: { http: 'plain' }, answers: {}, expect: 'nothing' },
  { name: 'something that speaks first', greeting: { banner: '220 mail' }, answers: {}, expect: 'nothing' },
];
