import { none, type ProbeCase } from '../probe.ts';

const tls = { is: 'tls', accepted: true, chain: [] } as const;
const greeting = { http: 'tls', tls } as const;
const accepted = { is: 'hello', accepted: true, version: 'TLSv1.2', suite: 0xc02f } as const;

export const cases: readonly ProbeCase[] = [
  {
    name: 'as kubeadm leaves it',
    greeting,
    answers: {},
    otherwise: { ...accepted, asksForCertificate: true, authorities: ['CN=kubernetes', 'CN=front-proxy-ca'] },
    expect: 'fail',
    severity: 'info',
    says: 'CN=kubernetes; CN=front-proxy-ca',
  },
  {
    name: 'a person is an authority',
    greeting,
    answers: {},
    otherwise: { ...accepted, asksForCertificate: true, authorities: ['CN=shop, emailAddress=jane.doe@example.com'] },
    expect: 'fail',
    hides: 'jane.doe',
  },
  { name: 'no client certificates', greeting, answers: {}, otherwise: { ...accepted, asksForCertificate: false }, expect: 'pass' },
  {
    name: 'asks and names none',
    greeting,
    answers: {},
    otherwise: { ...accepted, asksForCertificate: true, authorities: [] },
    expect: 'pass',
  },
  { name: 'speaks no TLS', greeting: { http: 'plain' }, answers: {}, expect: 'nothing' },
  { name: 'TLS 1.3 only', greeting, answers: {}, otherwise: { is: 'hello', accepted: false, alert: 70 }, expect: 'unknown' },
  { name: 'gives no answer', greeting, answers: {}, otherwise: none('timed-out'), expect: 'unknown' },
];
