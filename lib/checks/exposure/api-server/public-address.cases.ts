import type { ProbeCase } from '../probe.ts';

export const cases: readonly ProbeCase[] = [
  { name: 'of the internet', door: { address: '34.120.7.9' }, answers: {}, expect: 'fail', severity: 'medium', says: 'potential' },
  { name: 'of the internet, IPv6', door: { address: '2a00:1450:4001::5' }, answers: {}, expect: 'fail' },
  { name: 'of a company', door: { address: '10.20.0.7' }, answers: {}, expect: 'pass' },
  { name: 'of a provider inside', door: { address: '100.64.3.4' }, answers: {}, expect: 'pass' },
  { name: 'local IPv6', door: { address: 'fd00::7' }, answers: {}, expect: 'pass' },
];
