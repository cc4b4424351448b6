import type { X509Certificate } from 'node:crypto';
import type { CertificateFact } from '../../core/facts/index.ts';
import { readCertificates } from './kubeconfig/pem.ts';

const onOneLine = (name: string): string => name.replaceAll('\n', ', ');

/**
 * What is kept of a certificate that a server showed. A chain that ends in a root which came along with it and is not the cluster's own counts as
 * self-signed: a kubelet without a serving certificate makes an authority of its own, for one certificate, and shows both.
 */
export const certificateFact = (certificate: X509Certificate, clusterAuthority: string | undefined): CertificateFact => {
  let root = certificate;
  for (let depth = 0; depth < 10 && root.issuerCertificate && root.issuerCertificate.fingerprint256 !== root.fingerprint256; depth += 1) {
    root = root.issuerCertificate;
  }
  const known = clusterAuthority === undefined ? [] : (readCertificates(clusterAuthority) ?? []);
  const isRoot = root.issuer === root.subject && root.verify(root.publicKey);
  return {
    subject: onOneLine(certificate.subject),
    issuer: onOneLine(certificate.issuer),
    selfSigned: isRoot && !known.some(({ fingerprint256 }) => fingerprint256 === root.fingerprint256),
    notAfter: new Date(certificate.validTo).toISOString(),
  };
};
