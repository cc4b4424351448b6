import { none, type ProbeCase } from '../probe.ts';
import { latin1 } from './bytes.ts';
import { bytesAnswer } from './bytes-answer.ts';
import { classes, question, types } from './dns.ts';

const asked = '30 bytes over UDP';
const answer = (code: number, answers: number, ...more: number[]) =>
  bytesAnswer([
    0x67,
    0x68,
    0x84,
    code,
    0,
    1,
    0,
    answers,
    0,
    0,
    0,
    0,
    ...question('version.bind', types.txt, classes.chaos).slice(12),
    ...more,
  ]);
const text = (value: string) => [0xc0, 0x0c, 0, 16, 0, 3, 0, 0, 0, 0, 0, value.length + 1, value.length, ...latin1(value)];

export const cases: readonly ProbeCase[] = [
  { name: 'a version', answers: { [asked]: answer(0, 1, ...text('9.18.49-Debian')) }, expect: 'fail', severity: 'low', says: '9.18.49' },
  { name: 'refused', answers: { [asked]: answer(5, 0) }, expect: 'pass', says: 'REFUSED' },
  { name: 'no answer in it', answers: { [asked]: answer(0, 0) }, expect: 'pass' },
  { name: 'other software', answers: { [asked]: bytesAnswer('what?') }, expect: 'nothing' },
  { name: 'silence, which says nothing of a datagram', answers: {}, otherwise: none('timed-out'), expect: 'nothing' },
];
