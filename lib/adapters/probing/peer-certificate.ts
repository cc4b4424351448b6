import type { KeyObject, X509Certificate } from 'node:crypto';
import type { PeerCertificate } from '../../core/probing/index.ts';
import { type Der, derTag, derText, oidText, partsOf, readDer } from './der.ts';

/** Names and e-mail addresses that are kept of one certificate, and certificates of one chain. */
const mostNames = 200;
const mostEmails = 20;
const mostCertificates = 10;
/** Characters of a name. */
const mostText = 300;
/** Elements of a certificate that are searched for e-mail addresses, and how deep. */
const mostElements = 4_000;
const mostDepth = 16;

const signatureNames: Readonly<Record<string, string>> = {
  '1.2.840.113549.1.1.2': 'md2WithRSAEncryption',
  '1.2.840.113549.1.1.4': 'md5WithRSAEncryption',
  '1.2.840.113549.1.1.5': 'sha1WithRSAEncryption',
  '1.2.840.113549.1.1.10': 'rsassaPss',
  '1.2.840.113549.1.1.11': 'sha256WithRSAEncryption',
  '1.2.840.113549.1.1.12': 'sha384WithRSAEncryption',
  '1.2.840.113549.1.1.13': 'sha512WithRSAEncryption',
  '1.2.840.113549.1.1.14': 'sha224WithRSAEncryption',
  '1.3.14.3.2.29': 'sha1WithRSA',
  '1.2.840.10040.4.3': 'dsa-with-SHA1',
  '2.16.840.1.101.3.4.3.2': 'dsa_with_SHA256',
  '1.2.840.10045.4.1': 'ecdsa-with-SHA1',
  '1.2.840.10045.4.3.1': 'ecdsa-with-SHA224',
  '1.2.840.10045.4.3.2': 'ecdsa-with-SHA256',
  '1.2.840.10045.4.3.3': 'ecdsa-with-SHA384',
  '1.2.840.10045.4.3.4': 'ecdsa-with-SHA512',
  '1.3.101.112': 'ED25519',
  '1.3.101.113': 'ED448',
};
const curveBits: Readonly<Record<string, number>> = { prime256v1: 256, secp256k1: 256, prime192v1: 192 };

/** Read from the DER: older versions of Node 24 do not tell. */
const signatureOf = (raw: Buffer): string | undefined => {
  const [, algorithm] = partsOf(readDer(raw)?.[0]);
  const [oid] = partsOf(algorithm);
  if (oid?.tag !== derTag.oid) return undefined;
  const text = oidText(oid.content);
  return signatureNames[text] ?? text;
};

/** What holds text, wherever it stands; extensions hide more DER inside of octets. */
const textsIn = (raw: Buffer): readonly string[] => {
  const texts: string[] = [];
  let left = mostElements;
  const visit = (der: Der, depth: number): void => {
    left -= 1;
    if (left < 0 || depth > mostDepth) return;
    const isMade = (der.tag & 0x20) !== 0 || der.tag === derTag.octets;
    const parts = isMade ? partsOf(der) : [];
    for (const part of parts) visit(part, depth + 1);
    if (parts.length === 0) texts.push(derText(der));
  };
  for (const der of readDer(raw) ?? []) visit(der, 0);
  return texts;
};

/** Looks around each `@` instead of along the whole text, so that no text is slow to search. */
const emailsIn = (text: string): readonly string[] => {
  const found: string[] = [];
  for (let at = text.indexOf('@'); at !== -1 && found.length < mostEmails; at = text.indexOf('@', at + 1)) {
    const local = /[\w.%+-]{1,64}$/.exec(text.slice(Math.max(0, at - 64), at));
    const domain = /^[a-z\d-]{1,63}(?:\.[a-z\d-]{1,63}){0,4}\.[a-z]{2,24}(?![a-z\d])/i.exec(text.slice(at + 1, at + 256));
    if (local && domain) found.push(`${local[0]}@${domain[0]}`);
  }
  return found;
};

const bitsOf = (key: KeyObject): number | undefined => {
  const details = key.asymmetricKeyDetails ?? {};
  const curve = details.namedCurve ?? '';
  return details.modulusLength ?? curveBits[curve] ?? (Number(/\d{3}/.exec(curve)?.[0] ?? 0) || undefined);
};

const keyOf = (certificate: X509Certificate): KeyObject | undefined => {
  try {
    return certificate.publicKey;
  } catch {
    return undefined;
  }
};

/** Whether it is signed by its own key. A server may write anything into a certificate, so checking may fail. */
const isSelfSigned = (certificate: X509Certificate, key: KeyObject | undefined): boolean => {
  try {
    return key !== undefined && certificate.subject === certificate.issuer && certificate.verify(key);
  } catch {
    return false;
  }
};

const line = (name: string | undefined): string => (name ?? '').replace(/\n+/g, ', ').slice(0, mostText);

const factsOf = (certificate: X509Certificate): PeerCertificate => {
  const key = keyOf(certificate);
  const keyBits = key && bitsOf(key);
  const signature = signatureOf(certificate.raw);
  return {
    subject: line(certificate.subject),
    issuer: line(certificate.issuer),
    isSelfSigned: isSelfSigned(certificate, key),
    notBefore: new Date(certificate.validFrom).toISOString(),
    notAfter: new Date(certificate.validTo).toISOString(),
    names: (certificate.subjectAltName ?? '')
      .split(', ')
      .filter(Boolean)
      .slice(0, mostNames)
      .map((name) => name.slice(0, mostText)),
    keyType: key?.asymmetricKeyType ?? 'unknown',
    ...(keyBits === undefined ? {} : { keyBits }),
    ...(signature === undefined ? {} : { signature }),
    isAuthority: certificate.ca,
    fingerprint: certificate.fingerprint256.replaceAll(':', '').toLowerCase(),
    emails: [...new Set(textsIn(certificate.raw).flatMap(emailsIn))].slice(0, mostEmails),
  };
};

/** What is kept of a certificate; nothing of one whose times or names cannot be read. */
export const peerCertificate = (certificate: X509Certificate): PeerCertificate | undefined => {
  try {
    return factsOf(certificate);
  } catch {
    return undefined;
  }
};

/** The chain as sent, leaf first. */
export const chainOf = (leaf: X509Certificate | undefined): readonly PeerCertificate[] => {
  const chain: PeerCertificate[] = [];
  for (let next = leaf, depth = 0; next && depth < mostCertificates; next = next.issuerCertificate, depth += 1) {
    const facts = peerCertificate(next);
    if (facts) chain.push(facts);
  }
  return chain;
};
