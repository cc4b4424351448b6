import type { PeerCertificate } from '../../../core/probing/index.ts';
import { type Asked, type OpenDoor, once, type Probe, type ProbeVerdict } from '../probe.ts';

export const looked = 'certificate of the TLS handshake';

/** The greeting offers TLS 1.2 and 1.3; a server of older versions shows its certificate only to whoever offers those. */
export const askForCertificate: Probe['send'] = once(({ greeting: { tls } }) =>
  (tls?.chain.length ?? 0) > 0 ? [] : [{ is: 'tls', from: 'TLSv1', to: 'TLSv1.1' }],
);

/** The chain as sent, in the greeting or afterwards; the certificate of the server itself comes first. */
export const chainOf = ({ greeting: { tls } }: OpenDoor, asked: readonly Asked[]): readonly PeerCertificate[] => {
  const [answer] = asked.flatMap((one) => (one.answer.is === 'tls' ? one.answer : []));
  return tls && tls.chain.length > 0 ? tls.chain : (answer?.chain ?? []);
};

/** A name of a certificate for evidence: whose address stands in it need not be in a report. */
export const nameText = (name: string): string => name.replace(/[^\s,=@]+@/g, '…@');

/** The verdict where no certificate came, or none that could be read. */
export const noCertificate: ProbeVerdict = {
  outcome: 'unknown',
  message: 'It speaks TLS, but sent no certificate that could be read.',
  evidence: [{ looked, found: 'none' }],
};
/** A certificate for cases: what kubeadm issues. */
export const issued = (more: Partial<PeerCertificate> = {}): PeerCertificate => ({
  subject: 'CN=kube-apiserver',
  issuer: 'CN=kubernetes',
  isSelfSigned: false,
  notBefore: '2025-06-01T00:00:00.000Z',
  notAfter: '2026-06-01T00:00:00.000Z',
  names: ['DNS:cp1', 'DNS:kubernetes.default.svc.cluster.local', 'IP Address:10.96.0.1', 'IP Address:10.0.0.4'],
  keyType: 'rsa',
  keyBits: 2048,
  signature: 'sha256WithRSAEncryption',
  isAuthority: false,
  fingerprint: 'ab'.repeat(32),
  emails: [],
  ...more,
});

/** A greeting that brought these certificates, for cases. */
export const sent = (...chain: readonly PeerCertificate[]) => ({ tls: { is: 'tls', accepted: true, version: 'TLSv1.3', chain } }) as const;
