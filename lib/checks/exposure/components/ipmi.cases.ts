import { bytesAnswer } from '../add-ons/bytes-answer.ts';
import { none, type ProbeCase } from '../probe.ts';

const question = '23 bytes over UDP';
/** RMCP, an answer without a session, and in it the ways to log in and the state of logins. */
const answer = (ways: number, state: number, completion = 0) =>
  bytesAnswer([
    6,
    0,
    0xff,
    7,
    0,
    0,
    0,
    0,
    0,
    0,
    0,
    0,
    0,
    16,
    0x81,
    0x1c,
    0x63,
    0x20,
    0,
    0x38,
    completion,
    1,
    ways,
    state,
    0,
    0,
    0,
    0,
    0,
    0,
  ]);

export const cases: readonly ProbeCase[] = [
  { name: 'with logins', answers: { [question]: answer(0x14, 0x04) }, expect: 'fail', severity: 'medium' },
  { name: 'without a password', answers: { [question]: answer(0x15, 0x04) }, expect: 'fail', severity: 'critical' },
  { name: 'without a name', answers: { [question]: answer(0x14, 0x05) }, expect: 'fail', severity: 'critical' },
  { name: 'another answer', answers: { [question]: answer(0x14, 0x04, 0xcc) }, expect: 'nothing' },
  { name: 'a short answer', answers: { [question]: bytesAnswer([6, 0, 0xff, 7]) }, expect: 'nothing' },
  { name: 'something else', answers: { [question]: bytesAnswer('hello') }, expect: 'nothing' },
  { name: 'silence', answers: {}, otherwise: none('timed-out'), expect: 'nothing' },
];
