import { defineProbe } from '../probe.ts';
import { askForCertificate, chainOf, looked, noCertificate } from './certificates.ts';
import { tlsDoors } from './tls-door.ts';

export const certificateEmails = defineProbe({
  id: 'exposure/transport/certificate-emails',
  covers: ['KHV021'],
  title: 'Certificates hold no e-mail addresses',
  severity: 'low',
  why: 'An address in a certificate is shown to everybody who connects, and tells whom to send a forged message to.',
  repair: 'Issue the certificate anew without the e-mail address.',
  techniques: ['T1595'],
  references: ['https://kubernetes.io/docs/setup/best-practices/certificates/'],
  intrusiveness: 'passive',
  leaves: 'Nothing, or a TLS handshake in the log of a server that knows old versions only.',
  doors: tlsDoors,
  send: askForCertificate,
  judge: (door, asked) => {
    const chain = chainOf(door, asked);
    if (chain.length === 0) return noCertificate;
    const emails = [...new Set(chain.flatMap((certificate) => certificate.emails))];
    if (emails.length === 0)
      return { outcome: 'pass', message: 'The certificate holds no e-mail address.', evidence: [{ looked, found: 'none' }] };
    // the domain is enough to find it; the person need not be in a report
    const domains = [...new Set(emails.map((email) => email.slice(email.lastIndexOf('@'))))].slice(0, 5);
    return {
      outcome: 'fail',
      message: 'The certificate tells everybody an e-mail address.',
      evidence: [{ looked, found: `${emails.length} at ${domains.join(', ')}` }],
    };
  },
});
