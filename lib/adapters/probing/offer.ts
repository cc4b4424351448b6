import { constants } from 'node:crypto';
import tls from 'node:tls';
import type { TlsVersion } from '../../core/probing/index.ts';

export interface Offer {
  readonly from: TlsVersion;
  readonly to: TlsVersion;
  readonly ciphers?: string | undefined;
  readonly withoutServerName?: boolean | undefined;
}

/** Whatever the server speaks; old versions included, because the certificate is not trusted and nothing secret is sent. */
export const anyVersion: Offer = { from: 'TLSv1', to: 'TLSv1.3' };

const isOfTls13 = (cipher: string): boolean => cipher.startsWith('TLS_');

/** The versions in which the named suites exist: OpenSSL would add suites of its own for the others. `undefined` when there are none. */
const narrowed = ({ from, to, ciphers }: Offer): Offer | undefined => {
  if (ciphers === undefined) return { from, to };
  const names = ciphers.split(':');
  const hasNew = names.some(isOfTls13);
  const hasOld = names.some((name) => !isOfTls13(name) && !name.startsWith('@'));
  if (!hasNew && from === 'TLSv1.3') return undefined;
  if (!hasOld && to !== 'TLSv1.3') return undefined;
  if (!hasOld) return { from: 'TLSv1.3', to, ciphers: `${ciphers}:DEFAULT` };
  return { from, to: hasNew || to !== 'TLSv1.3' ? to : 'TLSv1.2', ciphers };
};

const makeContext = (offer: Offer): tls.SecureContext | undefined => {
  const range = narrowed(offer);
  if (!range) return undefined;
  try {
    return tls.createSecureContext({
      minVersion: range.from,
      maxVersion: range.to,
      // level 0 lets OpenSSL offer what it would call too weak by default
      ciphers: `${range.ciphers ?? 'DEFAULT'}:@SECLEVEL=0`,
      // servers without secure renegotiation are to be seen, too
      secureOptions: constants.SSL_OP_LEGACY_SERVER_CONNECT,
      // nobody is trusted, so no list of authorities is loaded for every connection
      ca: [],
    });
  } catch {
    return undefined;
  }
};

/** Contexts by offer: they hold much memory outside the heap, which is not given back soon, and probes make the same few offers to every door. */
const contexts = new Map<string, tls.SecureContext | undefined>();

/** An offer ready to be made; nothing when OpenSSL here can offer none of it. */
export const contextOf = ({ from, to, ciphers }: Offer): tls.SecureContext | undefined => {
  const key = `${from} ${to} ${ciphers ?? ''}`;
  const known = contexts.get(key);
  if (known || contexts.has(key)) return known;
  const made = makeContext({ from, to, ciphers });
  contexts.set(key, made);
  return made;
};
