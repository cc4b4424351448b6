import type { PeerCertificate } from '../../../core/probing/index.ts';
import { day, timeOf } from '../../../core/time.ts';
import { defineProbe, type ProbeVerdict } from '../probe.ts';
import { askForCertificate, chainOf, looked, nameText, noCertificate } from './certificates.ts';
import { tlsDoors } from './tls-door.ts';

type Expiry = Pick<ProbeVerdict, 'message' | 'severity'> & { readonly of: PeerCertificate };

/** Authorities that the server sends along run out, too; one that is signed by itself is for the client to know, whatever is sent. */
const concerned = (chain: readonly PeerCertificate[]): readonly PeerCertificate[] =>
  chain.filter(({ isSelfSigned }, place) => place === 0 || !isSelfSigned);

const expiryOf =
  (now: number) =>
  (certificate: PeerCertificate): Expiry | undefined => {
    const left = timeOf(certificate.notAfter) - now;
    const says = (message: string, severity: Expiry['severity']): Expiry => ({
      message,
      ...(severity ? { severity } : {}),
      of: certificate,
    });
    if (left <= 0) return says('The certificate has run out.', 'critical');
    if (timeOf(certificate.notBefore) > now) return says('The certificate is not valid yet.', 'high');
    if (left < 7 * day) return says('The certificate runs out in less than 7 days.', 'high');
    return left < 30 * day ? says('The certificate runs out in less than 30 days.', 'medium') : undefined;
  };

const times = ({ subject, notBefore, notAfter }: PeerCertificate): ProbeVerdict['evidence'][number] => ({
  looked,
  found: `${nameText(subject)}, valid from ${notBefore.slice(0, 10)} to ${notAfter.slice(0, 10)}`,
});

const order = ['critical', 'high', 'medium'];

export const certificateExpiry = defineProbe({
  id: 'exposure/transport/certificate-expiry',
  covers: ['API-12'],
  title: 'Certificates are valid for 30 days or more',
  severity: 'critical',
  why: 'A certificate that has run out stops every client that checks it, and teaches people and programs not to check.',
  repair: 'Renew the certificate (`kubeadm certs renew`, the rotation of the kubelet, cert-manager) and find out why nobody did in time.',
  techniques: ['T1557'],
  references: ['https://kubernetes.io/docs/tasks/administer-cluster/kubeadm/kubeadm-certs/'],
  intrusiveness: 'passive',
  leaves: 'Nothing, or a TLS handshake in the log of a server that knows old versions only.',
  doors: tlsDoors,
  send: askForCertificate,
  judge: (door, asked) => {
    const chain = chainOf(door, asked);
    const [leaf] = chain;
    if (leaf === undefined) return noCertificate;
    const [worst] = concerned(chain)
      .flatMap((certificate) => expiryOf(timeOf(door.now))(certificate) ?? [])
      .toSorted((a, b) => order.indexOf(a.severity ?? '') - order.indexOf(b.severity ?? ''));
    if (worst === undefined) return { outcome: 'pass', message: 'The certificate is valid for 30 days or more.', evidence: [times(leaf)] };
    const { of, ...says } = worst;
    return { outcome: 'fail', ...says, evidence: [times(of)] };
  },
});
