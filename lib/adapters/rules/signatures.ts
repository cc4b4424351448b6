import { createHash, type KeyObject } from 'node:crypto';

/** The name of a public key, wherever its private half is kept: `sha256:` and the hash of its SPKI DER. */
export const keyIdOf = (key: KeyObject): string =>
  `sha256:${createHash('sha256')
    .update(key.export({ type: 'spki', format: 'der' }))
    .digest('hex')}`;
/** A public key as a verifier takes it. */
export const pemOf = (key: KeyObject): string => String(key.export({ type: 'spki', format: 'pem' }));
