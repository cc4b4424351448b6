import { uint32 } from '../add-ons/bytes.ts';
import { bytesAnswer } from '../add-ons/bytes-answer.ts';
import { none, type ProbeCase } from '../probe.ts';

const call = '44 bytes over TCP';
/** An answer to our call: accepted, without a verifier, and the words that follow. */
const reply = (...words: readonly number[]) => bytesAnswer([0x80000000, 0x47617465, 1, 0, 0, 0, ...words].flatMap(uint32));

export const cases: readonly ProbeCase[] = [
  { name: 'understood', answers: { [call]: reply(0) }, expect: 'fail', severity: 'medium' },
  { name: 'another version', answers: { [call]: reply(2, 3, 3) }, expect: 'fail' },
  { name: 'no such program', answers: { [call]: reply(1) }, expect: 'nothing' },
  { name: 'something else', answers: { [call]: bytesAnswer('220 mail.example ESMTP\r\n') }, expect: 'nothing' },
  { name: 'a web server', greeting: { http: 'plain' }, answers: {}, expect: 'nothing' },
  { name: 'silence', answers: {}, otherwise: none('timed-out'), expect: 'unknown' },
];
