import { bytesAnswer } from '../add-ons/bytes-answer.ts';
import { none, type ProbeCase } from '../probe.ts';

export const cases: readonly ProbeCase[] = [
  {
    name: 'a report',
    answers: { '60 bytes over UDP': bytesAnswer([0x30, 0x6d, 2, 1, 3, 0x2b, 6, 1, 6, 3, 0x0f, 1, 1, 4, 0, 0x41, 1, 2]) },
    expect: 'fail',
    severity: 'medium',
  },
  { name: 'something else', answers: { '60 bytes over UDP': bytesAnswer('hello') }, expect: 'nothing' },
  { name: 'silence', answers: {}, otherwise: none('timed-out'), expect: 'nothing' },
  { name: 'a refusal', answers: {}, otherwise: none('closed'), expect: 'nothing' },
];
