import { requestText } from '../../../core/probing/index.ts';
import { none, type ProbeCase } from '../probe.ts';
import { offerOf } from './families.ts';
import { oldFamilies } from './old-suites.ts';

const without = (...places: readonly number[]): string => requestText(offerOf(oldFamilies.filter((_, place) => !places.includes(place))));
const tls = { is: 'tls', accepted: true, version: 'TLSv1.3', chain: [] } as const;
const greeting = { tls };
const chose = (suite: number) => ({ is: 'hello', accepted: true, version: 'TLSv1.2', suite }) as const;
const turnedDown = { is: 'hello', accepted: false, alert: 40 } as const;

export const cases: readonly ProbeCase[] = [
  {
    name: 'as kubeadm leaves it: what Go 1.22 and later accept',
    greeting,
    answers: { [without()]: chose(0xc013), [without(2)]: turnedDown },
    expect: 'fail',
    severity: 'low',
    says: 'TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA',
  },
  {
    name: 'what Go before 1.22 accepts',
    greeting,
    answers: { [without()]: chose(0xc013), [without(2)]: chose(0x009c), [without(1, 2)]: chose(0xc012) },
    expect: 'fail',
    severity: 'medium',
    says: 'SWEET32',
  },
  { name: 'suites were named', greeting, answers: { [without()]: turnedDown }, expect: 'pass' },
  {
    name: 'a server that turns everybody down',
    greeting: { tls: { is: 'tls', accepted: false, refusal: 'alert', chain: [] } },
    answers: {},
    otherwise: turnedDown,
    expect: 'unknown',
  },
  { name: 'gives no answer', greeting, answers: {}, otherwise: none('hostile'), expect: 'unknown' },
];
