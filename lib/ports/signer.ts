import type { Result } from '../core/failure.ts';

/** `ed25519`: RFC 8032 over the bytes · `ecdsa-p256-sha256`: DER signature over the SHA-256 of the bytes. */
export type SignatureAlgorithm = 'ed25519' | 'ecdsa-p256-sha256';

export interface Signature {
  readonly algorithm: SignatureAlgorithm;
  /** `sha256:` and hex of the SHA-256 of the public key's SPKI DER: names the key wherever it is kept. */
  readonly keyId: string;
  /** Base64. */
  readonly signature: string;
}

/** Signs evidence with a private key that never leaves its keeper. */
export interface Signer {
  sign(bytes: Uint8Array): Promise<Result<Signature>>;
  /** The public key, SPKI PEM: what a verifier needs, offline. */
  publicKey(): Promise<Result<string>>;
}
