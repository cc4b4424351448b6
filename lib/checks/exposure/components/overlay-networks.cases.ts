import { bytesAnswer } from '../add-ons/bytes-answer.ts';
import { none, type ProbeCase } from '../probe.ts';

export const cases: readonly ProbeCase[] = [
  { name: 'silence', answers: {}, otherwise: none('timed-out'), expect: 'manual', severity: 'medium', says: 'potential' },
  { name: 'a refusal', answers: {}, otherwise: none('closed'), expect: 'pass' },
  { name: 'no way there', answers: {}, otherwise: none('filtered'), expect: 'nothing' },
  { name: 'something that answers', answers: { '8 bytes over UDP': bytesAnswer('hello') }, expect: 'nothing' },
];
