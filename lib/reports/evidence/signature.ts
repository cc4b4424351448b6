import { createHash, createPublicKey, type KeyObject, verify } from 'node:crypto';
import { z } from 'zod';
import { failed, type Result, succeed } from '../../core/failure.ts';
import { canonicalBytes } from './canonical.ts';

/**
 * The content of `manifest.sig.json`, what lib/ports/signer.ts answers. It is detached, so that the hash of a manifest, which its successor names, is over the manifest's own bytes, and a manifest can
 * be signed anew with another key without breaking the chain.
 */
export const ManifestSignature = z.object({
  algorithm: z.enum(['ed25519', 'ecdsa-p256-sha256']).describe('How it was signed'),
  keyId: z
    .string()
    .regex(/^sha256:[0-9a-f]{64}$/)
    .describe("`sha256:` and hex of the SHA-256 of the public key's SPKI DER"),
  signature: z.base64().describe('Signature over the bytes of manifest.json, Base64'),
});
export type ManifestSignature = z.infer<typeof ManifestSignature>;

/** The bytes of `manifest.sig.json`. */
export const signatureBytes = (signature: ManifestSignature): Uint8Array => canonicalBytes(ManifestSignature.parse(signature));

/** A public key an auditor trusts. */
export interface TrustedKey {
  readonly keyId: string;
  readonly algorithm: ManifestSignature['algorithm'];
  readonly key: KeyObject;
}

const algorithmOf = (key: KeyObject): TrustedKey['algorithm'] | undefined => {
  if (key.asymmetricKeyType === 'ed25519') return 'ed25519';
  return key.asymmetricKeyType === 'ec' && key.asymmetricKeyDetails?.namedCurve === 'prime256v1' ? 'ecdsa-p256-sha256' : undefined;
};

/** Reads a public key (SPKI PEM); `name` is for the sentence of a failure. */
export const readPublicKey = (pem: string, name: string): Result<TrustedKey> => {
  // a private key would do as well, and must not lie about at an auditor's
  if (!/^-----BEGIN PUBLIC KEY-----$/m.test(pem) || /PRIVATE KEY/.test(pem))
    return failed('input-invalid', `${name} is no public key; name a PEM file that begins with "-----BEGIN PUBLIC KEY-----".`);
  try {
    const key = createPublicKey(pem);
    const algorithm = algorithmOf(key);
    if (algorithm === undefined)
      return failed('input-invalid', `The key in ${name} is neither Ed25519 nor ECDSA P-256; name the key that signed the evidence.`);
    const der = key.export({ type: 'spki', format: 'der' });
    return succeed({ keyId: `sha256:${createHash('sha256').update(der).digest('hex')}`, algorithm, key });
  } catch {
    return failed('input-invalid', `The public key in ${name} cannot be read; get it again from who runs Gatehouse.`);
  }
};

/** Whether the signature is that key's over those bytes. */
export const isSignedBy = ({ key, algorithm }: TrustedKey, signature: ManifestSignature, bytes: Uint8Array): boolean =>
  signature.algorithm === algorithm &&
  verify(algorithm === 'ed25519' ? null : 'sha256', bytes, key, Buffer.from(signature.signature, 'base64'));
