import { createHash, createPublicKey, type KeyObject } from 'node:crypto';
import { GetPublicKeyCommand, type KMSClient, SignCommand } from '@aws-sdk/client-kms';
import { failed, type Result, succeed } from '../../core/failure.ts';
import type { Signature, Signer } from '../../ports/signer.ts';
import { keyIdOf, pemOf } from '../rules/signatures.ts';
import { orAwsTrouble } from './trouble.ts';

/** Signs with an asymmetric KMS key (`ECC_NIST_P256`, `SIGN_VERIFY`). `keyId` is its ARN or id, not an alias: an alias can be pointed at another key between two calls. */
export const createKmsSigner = (client: KMSClient, options: { readonly keyId: string }): Signer => {
  const KeyId = options.keyId;
  let known: KeyObject | undefined;

  /** The public half; it never changes, so it is asked for once. A failure is asked again. */
  const publicKey = async (): Promise<Result<KeyObject>> => {
    if (known) return succeed(known);
    return orAwsTrouble('kms:GetPublicKey', async (): Promise<Result<KeyObject>> => {
      const { PublicKey } = await client.send(new GetPublicKeyCommand({ KeyId }));
      if (!PublicKey) return failed('answer-invalid', 'KMS answered without a public key. Try again.');
      const key = createPublicKey({ key: Buffer.from(PublicKey), format: 'der', type: 'spki' });
      if (key.asymmetricKeyDetails?.namedCurve !== 'prime256v1') {
        return failed(
          'output-failed',
          `The KMS key for signatures is of the kind ${key.asymmetricKeyType}. Make one of the kind ECC_NIST_P256.`,
        );
      }
      known = key;
      return succeed(key);
    });
  };

  const sign = async (bytes: Uint8Array): Promise<Result<Signature>> => {
    const key = await publicKey();
    if (!key.ok) return key;
    return orAwsTrouble('kms:Sign', async (): Promise<Result<Signature>> => {
      // KMS takes 4 kB at most, so it is given the hash
      const Message = createHash('sha256').update(bytes).digest();
      const answer = await client.send(new SignCommand({ KeyId, Message, MessageType: 'DIGEST', SigningAlgorithm: 'ECDSA_SHA_256' }));
      if (!answer.Signature) return failed('answer-invalid', 'KMS answered without a signature. Try again.');
      return succeed({
        algorithm: 'ecdsa-p256-sha256',
        keyId: keyIdOf(key.value),
        signature: Buffer.from(answer.Signature).toString('base64'),
      });
    });
  };

  return {
    sign,
    publicKey: async () => {
      const key = await publicKey();
      return key.ok ? succeed(pemOf(key.value)) : key;
    },
  };
};
