import type { PeerCertificate, TlsAnswer } from '../../../core/probing/index.ts';
import type { ProbeCase } from '../probe.ts';

const leaf: PeerCertificate = {
  subject: 'CN=system:node:n7,O=system:nodes',
  issuer: 'CN=kubernetes',
  isSelfSigned: false,
  notBefore: '2025-06-01T00:00:00Z',
  notAfter: '2026-06-01T00:00:00Z',
  names: [],
  keyType: 'rsa',
  isAuthority: false,
  fingerprint: '00',
  emails: [],
};
const tls = (more: Partial<PeerCertificate> = {}): TlsAnswer => ({ is: 'tls', accepted: true, chain: [{ ...leaf, ...more }] });

export const cases: readonly ProbeCase[] = [
  { name: 'of the cluster', greeting: { tls: tls() }, answers: {}, expect: 'pass' },
  {
    name: 'of its own authority',
    greeting: { tls: tls({ issuer: 'CN=n7-ca@1790000000' }) },
    answers: {},
    expect: 'fail',
    severity: 'info',
  },
  { name: 'signed with its own key', greeting: { tls: tls({ isSelfSigned: true }) }, answers: {}, expect: 'fail', severity: 'info' },
  { name: 'run out', greeting: { tls: tls({ notAfter: '2025-12-31T00:00:00Z' }) }, answers: {}, expect: 'fail', severity: 'medium' },
  { name: 'no TLS', greeting: { http: 'plain' }, answers: {}, expect: 'nothing' },
  {
    name: 'a handshake without a certificate',
    greeting: { tls: { is: 'tls', accepted: false, refusal: 'alert', chain: [] } },
    answers: {},
    expect: 'nothing',
  },
];
