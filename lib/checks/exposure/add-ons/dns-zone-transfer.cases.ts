import { none, type ProbeCase } from '../probe.ts';
import { bytesAnswer } from './bytes-answer.ts';

const asked = '33 bytes over TCP';
const answer = (code: number, answers: number) => bytesAnswer([0, 12, 0x67, 0x68, 0x84, code, 0, 1, 0, answers, 0, 0, 0, 0]);

export const cases: readonly ProbeCase[] = [
  { name: 'the zone', answers: { [asked]: answer(0, 12) }, expect: 'fail', severity: 'low' },
  { name: 'refused', answers: { [asked]: answer(5, 0) }, expect: 'pass', says: 'REFUSED' },
  { name: 'hung up', answers: {}, otherwise: none('hung-up'), expect: 'pass' },
  { name: 'a web server', greeting: { http: 'plain' }, answers: {}, expect: 'nothing' },
  { name: 'other software', answers: { [asked]: bytesAnswer('220 mail.example') }, expect: 'nothing' },
  { name: 'no answer in time', answers: {}, otherwise: none('timed-out'), expect: 'unknown' },
];
