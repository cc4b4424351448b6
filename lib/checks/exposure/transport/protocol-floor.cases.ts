import { type ProbeAnswer, requestText } from '../../../core/probing/index.ts';
import { none, type OpenDoor, type ProbeCase } from '../probe.ts';
import { protocolFloor } from './protocol-floor.probe.ts';

/** The texts of its three questions, whatever the door. */
const [ssl3 = '', tls10 = '', tls11 = ''] = protocolFloor.send({} as OpenDoor, []).map(requestText);
const greeting = { tls: { is: 'tls', accepted: true, version: 'TLSv1.3', chain: [] } } as const;
const speaks = (version: string): ProbeAnswer => ({ is: 'hello', accepted: true, version, suite: 0xc014 });
const turnedDown: ProbeAnswer = { is: 'hello', accepted: false, alert: 70 };

export const cases: readonly ProbeCase[] = [
  {
    name: 'TLS 1.0 and 1.1',
    greeting,
    answers: { [ssl3]: turnedDown, [tls10]: speaks('TLSv1'), [tls11]: speaks('TLSv1.1') },
    expect: 'fail',
    severity: 'medium',
    says: 'TLS 1.0, TLS 1.1',
  },
  { name: 'SSL 3.0', greeting, answers: { [ssl3]: speaks('SSLv3') }, otherwise: turnedDown, expect: 'fail', severity: 'high' },
  {
    name: 'TLS 1.0 only, so that the greeting was turned down',
    greeting: { tls: { is: 'tls', accepted: false, refusal: 'alert', chain: [] } },
    answers: { [tls10]: speaks('TLSv1'), [tls11]: speaks('TLSv1') },
    otherwise: turnedDown,
    expect: 'fail',
  },
  { name: 'as kubeadm leaves it', greeting, answers: {}, otherwise: turnedDown, expect: 'pass' },
  { name: 'hangs up at old versions', greeting, answers: {}, otherwise: { is: 'hello', accepted: false }, expect: 'pass' },
  { name: 'one offer got no answer', greeting, answers: { [ssl3]: none('timed-out') }, otherwise: turnedDown, expect: 'unknown' },
  {
    name: 'turns everybody down',
    greeting: { tls: { is: 'tls', accepted: false, refusal: 'alert', chain: [] } },
    answers: {},
    otherwise: turnedDown,
    expect: 'unknown',
  },
  { name: 'gives no answer', greeting, answers: {}, otherwise: none('malformed'), expect: 'unknown' },
];
