import type { AnyCheck } from '../check.ts';
import { autoTls } from './auto-tls.check.ts';
import { clientCertAuth } from './client-cert-auth.check.ts';
import { ownCa } from './own-ca.check.ts';
import { peerAutoTls } from './peer-auto-tls.check.ts';
import { peerCertificate } from './peer-certificate.check.ts';
import { peerClientCertAuth } from './peer-client-cert-auth.check.ts';
import { servingCertificate } from './serving-certificate.check.ts';

/** Checks of this folder, in the order of the catalogue. */
export const etcdChecks: readonly AnyCheck[] = [
  servingCertificate,
  clientCertAuth,
  autoTls,
  peerCertificate,
  peerClientCertAuth,
  peerAutoTls,
  ownCa,
];
