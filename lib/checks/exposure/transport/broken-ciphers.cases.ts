import { requestText } from '../../../core/probing/index.ts';
import { none, type ProbeCase } from '../probe.ts';
import { brokenFamilies } from './broken-suites.ts';
import { offerOf } from './families.ts';

const without = (...places: readonly number[]): string =>
  requestText(offerOf(brokenFamilies.filter((_, place) => !places.includes(place))));
const tls = { is: 'tls', accepted: true, version: 'TLSv1.3', chain: [] } as const;
const greeting = { tls };
const chose = (suite: number) => ({ is: 'hello', accepted: true, version: 'TLSv1.2', suite }) as const;
const turnedDown = { is: 'hello', accepted: false, alert: 40 } as const;

export const cases: readonly ProbeCase[] = [
  {
    name: 'RC4 and DES, one after the other',
    greeting,
    answers: { [without()]: chose(0x0005), [without(3)]: chose(0x0009), [without(3, 4)]: turnedDown },
    expect: 'fail',
    severity: 'high',
    says: 'RC4, DES',
  },
  {
    name: 'no encryption at all',
    greeting,
    answers: { [without()]: chose(0x0002), [without(0)]: turnedDown },
    expect: 'fail',
    says: 'TLS_RSA_WITH_NULL_SHA',
  },
  {
    name: 'one family was seen before answers ended',
    greeting,
    answers: { [without()]: chose(0x0018) },
    otherwise: none('timed-out'),
    expect: 'fail',
  },
  { name: 'as kubeadm leaves it', greeting, answers: { [without()]: turnedDown }, expect: 'pass' },
  {
    name: 'a server that wants client certificates',
    greeting: { tls: { is: 'tls', accepted: false, refusal: 'client-certificate', chain: [] } },
    answers: {},
    otherwise: turnedDown,
    expect: 'pass',
  },
  {
    name: 'a server that turns everybody down',
    greeting: { tls: { is: 'tls', accepted: false, refusal: 'alert', chain: [] } },
    answers: {},
    otherwise: turnedDown,
    expect: 'unknown',
  },
  { name: 'a server that chooses what was not on offer', greeting, answers: {}, otherwise: chose(0xc02f), expect: 'unknown' },
  { name: 'gives no answer', greeting, answers: {}, otherwise: none('timed-out'), expect: 'unknown' },
];
