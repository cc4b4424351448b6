import { none, type ProbeCase } from '../probe.ts';
import { latin1 } from './bytes.ts';
import { bytesAnswer } from './bytes-answer.ts';

const offer = '8 bytes over TCP';
const start = '41 bytes over TCP';
const asks = (way: number, more: readonly number[] = []) => bytesAnswer([0x52, 0, 0, 0, 8 + more.length, 0, 0, 0, way, ...more]);
const refusal = (code: string) =>
  bytesAnswer([0x45, 0, 0, 0, 99, ...latin1(`SFATAL\0VFATAL\0C${code}\0Mno pg_hba.conf entry for host "10.0.0.1"\0\0`)]);

export const cases: readonly ProbeCase[] = [
  {
    name: 'trust',
    answers: { [offer]: bytesAnswer('S'), [start]: asks(0, latin1('S…')) },
    expect: 'fail',
    severity: 'high',
    says: 'logged in',
  },
  { name: 'a password in clear text', answers: { [offer]: bytesAnswer('S'), [start]: asks(3) }, expect: 'fail', severity: 'medium' },
  {
    name: 'no TLS',
    answers: { [offer]: bytesAnswer('N'), [start]: asks(10, latin1('SCRAM-SHA-256\0\0')) },
    expect: 'fail',
    severity: 'low',
  },
  { name: 'SCRAM', answers: { [offer]: bytesAnswer('S'), [start]: asks(10, latin1('SCRAM-SHA-256\0\0')) }, expect: 'pass', says: 'SCRAM' },
  {
    name: 'MD5, whose salt is nobody else’s to see',
    answers: { [offer]: bytesAnswer('S'), [start]: asks(5, latin1('salt')) },
    expect: 'pass',
    hides: 'salt',
  },
  {
    name: 'turned away',
    answers: { [offer]: bytesAnswer('S'), [start]: refusal('28000') },
    expect: 'pass',
    says: '28000',
    hides: '10.0.0.1',
  },
  { name: 'other software', answers: { [offer]: bytesAnswer('220 mail'), [start]: bytesAnswer('500') }, expect: 'nothing' },
  { name: 'a web server', greeting: { http: 'plain' }, answers: {}, expect: 'nothing' },
  { name: 'no answer to the start', answers: { [offer]: bytesAnswer('S') }, otherwise: none('timed-out'), expect: 'unknown' },
  { name: 'no answer in time', answers: {}, otherwise: none('timed-out'), expect: 'unknown' },
];
