import { none, type ProbeCase } from '../probe.ts';
import { bytesAnswer } from './bytes-answer.ts';

const call = '228 bytes over TCP';
export const cases: readonly ProbeCase[] = [
  {
    name: 'a version',
    answers: { [call]: bytesAnswer('\0\0\0\x04\0\0\0\0\0\0\0\x41\0\0\0\0\0\x01\0\0\0\0\x3c\x0a\x3a\x0a\x07v2.17.0\x12\x28f00') },
    expect: 'fail',
    severity: 'critical',
    says: 'v2.17.0',
  },
  {
    name: 'other gRPC',
    answers: { [call]: bytesAnswer('\0\0\0\x04\0\0\0\0\0\0\0\x10\x01\x05\0\0\0\x01grpc-status12') },
    expect: 'nothing',
  },
  {
    name: 'a client certificate',
    greeting: { tls: { is: 'tls', accepted: false, refusal: 'client-certificate', chain: [] } },
    answers: {},
    expect: 'pass',
  },
  { name: 'a web server', greeting: { http: 'plain' }, answers: {}, expect: 'nothing' },
  { name: 'no answer in time', answers: {}, otherwise: none('timed-out'), expect: 'unknown' },
];
