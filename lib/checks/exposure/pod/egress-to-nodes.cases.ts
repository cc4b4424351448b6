import type { ProbeCase } from '../probe.ts';

export const cases: readonly ProbeCase[] = [
  { name: 'the kubelet', door: { port: 10250 }, answers: {}, expect: 'fail', severity: 'low', says: '10250' },
  { name: 'SSH', door: { port: 22 }, answers: {}, expect: 'fail' },
  { name: 'a port that is published there', door: { port: 22, published: true }, answers: {}, expect: 'nothing' },
];
