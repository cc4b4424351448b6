import type { ProbeCase } from '../probe.ts';

const ones = '\u00ff'.repeat(16);

export const cases: readonly ProbeCase[] = [
  { name: 'opens a session', greeting: { banner: `${ones}\u0000\u001d\u0001\u0004` }, answers: {}, expect: 'fail', severity: 'medium' },
  { name: 'turns a stranger away', greeting: { banner: `${ones}\u0000\u0015\u0003\u0006\u0005` }, answers: {}, expect: 'nothing' },
  { name: 'says nothing', answers: {}, expect: 'nothing' },
];
