import type { ProbeCase } from '../probe.ts';

export const cases: readonly ProbeCase[] = [
  { name: 'its greeting', greeting: { banner: 'weave\u0001\u0002' }, answers: {}, expect: 'fail', severity: 'medium' },
  { name: 'something else', greeting: { banner: '220 mail' }, answers: {}, expect: 'nothing' },
  { name: 'says nothing', answers: {}, expect: 'nothing' },
];
