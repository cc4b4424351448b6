import { createHash, createPublicKey, randomBytes, verify } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Signature, SignatureAlgorithm, Signer } from '../../lib/ports/signer.ts';
import { must } from '../support/answers.ts';

export interface SignerUnderTest {
  readonly signer: Signer;
  readonly algorithm: SignatureAlgorithm;
  /** An emulator that hashes the hash it is given: its signatures are good for that. Fails as soon as it learns better. */
  readonly hashesAgain?: boolean;
  close?(): Promise<void> | void;
}

/** What a verifier does, offline: with the public key and the bytes alone. */
const isGood = (pem: string, bytes: Uint8Array, { algorithm, signature }: Signature): boolean =>
  verify(algorithm === 'ed25519' ? null : 'sha256', bytes, pem, Buffer.from(signature, 'base64'));

/** What every Signer holds. */
export const describeSigner = (name: string, make: () => Promise<SignerUnderTest>): void => {
  describe(`signer: ${name}`, () => {
    let under: SignerUnderTest;
    let signer: Signer;
    beforeAll(async () => {
      under = await make();
      signer = under.signer;
    });
    afterAll(() => under?.close?.());

    it.each([
      ['nothing', new Uint8Array()],
      ['a manifest', Buffer.from('{"schemaVersion":1}')],
      // more than a key service takes in one call
      ['a megabyte', randomBytes(1_000_000)],
    ])('signs %s, so that anybody with the public key can tell', async (_, bytes) => {
      const signature = must(await signer.sign(bytes));
      const pem = must(await signer.publicKey());
      const signed = under.hashesAgain ? createHash('sha256').update(bytes).digest() : bytes;
      expect(signature.algorithm).toBe(under.algorithm);
      expect(signature.signature).toMatch(/^[A-Za-z0-9+/]+={0,2}$/);
      expect(isGood(pem, signed, signature)).toBe(true);
      expect(isGood(pem, Buffer.concat([signed, Buffer.of(0)]), signature)).toBe(false);
      const changed = Buffer.from(signature.signature, 'base64');
      changed.writeUInt8((changed.at(-1) ?? 0) ^ 1, changed.length - 1);
      expect(isGood(pem, signed, { ...signature, signature: changed.toString('base64') })).toBe(false);
    });

    it('names its key by the public half, always the same', async () => {
      const pem = must(await signer.publicKey());
      expect(pem).toMatch(/^-----BEGIN PUBLIC KEY-----\n[\s\S]+\n-----END PUBLIC KEY-----\n$/);
      const der = createPublicKey(pem).export({ type: 'spki', format: 'der' });
      const keyId = `sha256:${createHash('sha256').update(der).digest('hex')}`;
      for (const text of ['one', 'two']) expect(must(await signer.sign(Buffer.from(text))).keyId).toBe(keyId);
      expect(must(await signer.publicKey())).toBe(pem);
    });

    it('never shows the private half', async () => {
      expect(JSON.stringify([signer, must(await signer.sign(Buffer.from('x'))), must(await signer.publicKey())])).not.toMatch(/PRIVATE/);
    });
  });
};
