import type { Credential } from '../connection.ts';
import { readCertificates } from '../kubeconfig/pem.ts';
import { tokenExpiry } from '../kubeconfig/token.ts';

/** When a credential stops working, as ISO 8601; `undefined` when it does not say, or says a year that nobody will see. */
export const expiryOf = ({ authorization, certificate }: Credential): string | undefined => {
  const until = certificate ? readCertificates(certificate.cert)?.[0]?.validTo : tokenExpiry(authorization);
  if (until === undefined || Number.isNaN(Date.parse(until))) return undefined;
  const iso = new Date(until).toISOString();
  return /^\d{4}-/.test(iso) ? iso : undefined;
};
