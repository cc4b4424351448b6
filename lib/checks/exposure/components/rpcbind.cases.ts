import { uint32 } from '../add-ons/bytes.ts';
import { bytesAnswer } from '../add-ons/bytes-answer.ts';
import { none, type ProbeCase } from '../probe.ts';

const dump = '44 bytes over TCP';
/** An answer to our call: accepted, without a verifier, and the words that follow. */
const reply = (...words: readonly number[]) => bytesAnswer([0x80000000, 0x47617465, 1, 0, 0, 0, ...words].flatMap(uint32));

export const cases: readonly ProbeCase[] = [
  {
    name: 'its list',
    answers: { [dump]: reply(0, 1, 100000, 4, 6, 111, 1, 100003, 4, 6, 2049, 1, 390113, 1, 6, 7937, 0) },
    expect: 'fail',
    severity: 'medium',
    says: 'rpcbind, nfs, another',
  },
  { name: 'a list it does not give', answers: { [dump]: reply(3) }, expect: 'fail' },
  { name: 'something else', answers: { [dump]: bytesAnswer('220 mail.example ESMTP\r\n') }, expect: 'nothing' },
  { name: 'a web server', greeting: { http: 'plain' }, answers: {}, expect: 'nothing' },
  { name: 'silence', answers: {}, otherwise: none('timed-out'), expect: 'unknown' },
];
