import { none, type ProbeCase } from '../probe.ts';
import { bytesAnswer } from './bytes-answer.ts';

const any = '43 bytes over UDP';
const nothing = '69 bytes over UDP';
const answer = (code: number, answers: number) => bytesAnswer([0x67, 0x68, 0x84, code, 0, 1, 0, answers, 0, 0, 0, 0]);

export const cases: readonly ProbeCase[] = [
  { name: 'addresses of Services', answers: { [any]: answer(0, 9), [nothing]: answer(3, 0) }, expect: 'fail', severity: 'low' },
  { name: 'no such name', answers: { [any]: answer(3, 0), [nothing]: answer(3, 0) }, expect: 'pass', says: 'NXDOMAIN' },
  { name: 'a zone that answers whatever is asked', answers: { [any]: answer(0, 1), [nothing]: answer(0, 1) }, expect: 'pass' },
  { name: 'silence, which says nothing of a datagram', answers: {}, otherwise: none('timed-out'), expect: 'nothing' },
];
