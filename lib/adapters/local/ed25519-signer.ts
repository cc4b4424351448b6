import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { failed, type Result, succeed } from '../../core/failure.ts';
import type { Signer } from '../../ports/signer.ts';
import { keyIdOf, pemOf } from '../rules/signatures.ts';
import { readKeyFile } from './key-file.ts';

const makeKey = (): Uint8Array => Buffer.from(generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }));

const parse = (pem: Buffer): KeyObject | undefined => {
  try {
    const key = createPrivateKey(pem);
    return key.asymmetricKeyType === 'ed25519' ? key : undefined;
  } catch {
    return undefined;
  }
};

/** Signs with an Ed25519 key in a file that only its owner can read (PKCS#8 PEM), made at first use. */
export const openEd25519Signer = async (path: string): Promise<Result<Signer>> => {
  const pem = await readKeyFile(path, makeKey);
  if (!pem.ok) return pem;
  const privateKey = parse(pem.value);
  if (!privateKey) return failed('output-failed', `The signing key ${path} is no Ed25519 key in PKCS#8 PEM. Restore it from a backup.`);
  const publicKey = createPublicKey(privateKey);
  return succeed({
    sign: async (bytes) =>
      succeed({ algorithm: 'ed25519', keyId: keyIdOf(publicKey), signature: sign(null, bytes, privateKey).toString('base64') }),
    publicKey: async () => succeed(pemOf(publicKey)),
  });
};
