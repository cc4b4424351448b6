import { bySeverity, type Severity } from '../../../core/outcome.ts';
import type { PeerCertificate } from '../../../core/probing/index.ts';
import { defineProbe } from '../probe.ts';
import { askForCertificate, chainOf, looked, nameText, noCertificate } from './certificates.ts';
import { tlsDoors } from './tls-door.ts';

interface Weakness {
  readonly text: string;
  readonly severity: Severity;
}

const ofKey = ({ keyType, keyBits }: PeerCertificate): Weakness | undefined => {
  if (keyType === 'dsa') return { text: 'a DSA key', severity: 'medium' };
  if (keyBits === undefined) return undefined;
  const isRsa = keyType.startsWith('rsa');
  if (isRsa && keyBits < 2048) return { text: 'an RSA key of fewer than 2048 bits', severity: keyBits < 1024 ? 'high' : 'medium' };
  return keyType === 'ec' && keyBits < 224 ? { text: 'a curve of fewer than 224 bits', severity: 'medium' } : undefined;
};

/** Nobody relies on what a certificate that is signed by itself was signed with. */
const ofSignature = ({ signature = '', isSelfSigned }: PeerCertificate): Weakness | undefined => {
  if (isSelfSigned) return undefined;
  if (/md[245]/i.test(signature)) return { text: 'a signature with MD5', severity: 'high' };
  return /sha-?1(?!\d)/i.test(signature) ? { text: 'a signature with SHA-1', severity: 'medium' } : undefined;
};

const ofAuthority = ({ isAuthority }: PeerCertificate): Weakness | undefined =>
  isAuthority ? { text: 'the right to sign other certificates, which no server needs', severity: 'low' } : undefined;

export const certificateStrength = defineProbe({
  id: 'exposure/transport/certificate-strength',
  covers: ['API-12'],
  title: 'Certificates have strong keys and signatures, and sign nothing themselves',
  severity: 'medium',
  why: 'Weak keys can be computed and weak signatures forged, and whoever steals the key of a server that is its own authority can be any server.',
  repair:
    'Issue the certificate anew with an RSA key of 2048 bits or more or ECDSA over P-256, signed with SHA-256, by an authority that is kept elsewhere.',
  techniques: ['T1557'],
  references: ['https://kubernetes.io/docs/setup/best-practices/certificates/', 'https://www.rfc-editor.org/rfc/rfc9325'],
  intrusiveness: 'passive',
  leaves: 'Nothing, or a TLS handshake in the log of a server that knows old versions only.',
  doors: tlsDoors,
  send: askForCertificate,
  judge: (door, asked) => {
    const [leaf] = chainOf(door, asked);
    if (leaf === undefined) return noCertificate;
    const { subject, issuer, keyType, keyBits = '', signature = 'signature of its own kind' } = leaf;
    const evidence = [{ looked, found: `${nameText(subject)}, issued by ${nameText(issuer)}, ${keyType} ${keyBits}, ${signature}` }];
    const weak = [ofKey(leaf), ofSignature(leaf), ofAuthority(leaf)].filter((one) => one !== undefined);
    const [worst] = weak.map(({ severity }) => severity).toSorted(bySeverity);
    if (worst === undefined) return { outcome: 'pass', message: 'The certificate has a strong key and signature.', evidence };
    return { outcome: 'fail', severity: worst, message: `The certificate has ${weak.map(({ text }) => text).join(', and ')}.`, evidence };
  },
});
