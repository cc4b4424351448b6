import { bytesAnswer } from '../add-ons/bytes-answer.ts';
import { none, type ProbeCase } from '../probe.ts';
import { grpcCall } from './grpc.ts';

const status = '/observer.Observer/ServerStatus';
const call = `${grpcCall(status, 'http').length} bytes over TCP`;
const secureCall = `${grpcCall(status, 'https').length} bytes over TLS`;
/** An empty frame of settings. */
const settings = [0, 0, 0, 4, 0, 0, 0, 0, 0];
/** A frame of data with a message of two bytes. */
const data = (...message: readonly [number, number]) => [0, 0, 7, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 2, ...message];

export const cases: readonly ProbeCase[] = [
  { name: 'its state', answers: { [call]: bytesAnswer([...settings, ...data(0x08, 0x64)]) }, expect: 'fail', severity: 'medium' },
  {
    name: 'its state over TLS',
    greeting: { tls: { is: 'tls', accepted: true, chain: [] } },
    answers: { [secureCall]: bytesAnswer([...settings, ...data(0x10, 0x7f)]) },
    expect: 'fail',
  },
  {
    name: 'a client certificate',
    greeting: { tls: { is: 'tls', accepted: false, refusal: 'client-certificate', chain: [] } },
    answers: {},
    expect: 'pass',
  },
  { name: 'no such service', answers: { [call]: bytesAnswer(settings) }, expect: 'nothing' },
  { name: 'a compressed message', answers: { [call]: bytesAnswer([0, 0, 6, 0, 0, 0, 0, 0, 1, 1, 0, 0, 0, 1, 8]) }, expect: 'nothing' },
  { name: 'another message', answers: { [call]: bytesAnswer(data(0x0a, 0x02)) }, expect: 'nothing' },
  { name: 'an empty field', answers: { [call]: bytesAnswer([0, 0, 6]) }, expect: 'nothing' },
  { name: 'a web server', greeting: { http: 'plain' }, answers: {}, expect: 'nothing' },
  { name: 'silence', answers: {}, otherwise: none('timed-out'), expect: 'unknown' },
];
