import { type ProbeAnswer, requestText } from '../../../core/probing/index.ts';
import { none, type OpenDoor, type ProbeCase } from '../probe.ts';
import { keyExchange } from './key-exchange.probe.ts';

const [primes = '', curves = ''] = keyExchange.send({} as OpenDoor, []).map(requestText);
const greeting = { tls: { is: 'tls', accepted: true, version: 'TLSv1.3', chain: [] } } as const;
const over = (what: { primeBits?: number; curve?: number }, suite: number): ProbeAnswer => ({
  is: 'hello',
  accepted: true,
  version: 'TLSv1.2',
  suite,
  ...what,
});
const turnedDown: ProbeAnswer = { is: 'hello', accepted: false, alert: 40 };

export const cases: readonly ProbeCase[] = [
  {
    name: 'a prime of 1024 bits',
    greeting,
    answers: { [primes]: over({ primeBits: 1024 }, 0x009e), [curves]: over({ curve: 29 }, 0xc02f) },
    expect: 'fail',
    severity: 'medium',
    says: '1024 bits',
  },
  {
    name: 'a prime of 512 bits',
    greeting,
    answers: { [primes]: over({ primeBits: 512 }, 0x0033) },
    otherwise: turnedDown,
    expect: 'fail',
    severity: 'high',
  },
  {
    name: 'a curve of 160 bits',
    greeting,
    answers: { [curves]: over({ curve: 16 }, 0xc013) },
    otherwise: turnedDown,
    expect: 'fail',
    severity: 'medium',
  },
  { name: 'as kubeadm leaves it', greeting, answers: { [primes]: turnedDown, [curves]: over({ curve: 29 }, 0xc02f) }, expect: 'pass' },
  {
    name: 'a prime of 2048 bits',
    greeting,
    answers: { [primes]: over({ primeBits: 2048 }, 0x009e), [curves]: over({ curve: 23 }, 0xc02f) },
    expect: 'pass',
  },
  {
    name: 'an old server that turned the greeting down',
    greeting: { tls: { is: 'tls', accepted: false, refusal: 'alert', chain: [] } },
    answers: { [primes]: turnedDown, [curves]: over({ curve: 29 }, 0xc014) },
    expect: 'pass',
  },
  { name: 'RSA only', greeting, answers: {}, otherwise: turnedDown, expect: 'pass' },
  { name: 'explicit parameters', greeting, answers: { [curves]: over({}, 0xc02f) }, otherwise: turnedDown, expect: 'unknown' },
  { name: 'half an answer', greeting, answers: { [primes]: none('timed-out') }, otherwise: turnedDown, expect: 'unknown' },
  { name: 'gives no answer', greeting, answers: {}, otherwise: none('timed-out'), expect: 'unknown' },
];
