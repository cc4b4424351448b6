import { CreateKeyCommand, type KeySpec, KMSClient } from '@aws-sdk/client-kms';
import { expect, it } from 'vitest';
import { createKmsSigner } from '../../lib/adapters/aws/kms-signer.ts';
import { describeSigner } from '../contracts/signer.contract.ts';
import { codeOf, sayOf } from '../support/answers.ts';
import { emulated } from './emulator.ts';

const client = new KMSClient(emulated());
const makeKey = async (spec: KeySpec): Promise<string> => {
  const { KeyMetadata } = await client.send(new CreateKeyCommand({ KeySpec: spec, KeyUsage: 'SIGN_VERIFY' }));
  return KeyMetadata?.KeyId ?? '';
};

describeSigner('KMS', async () => ({
  signer: createKmsSigner(client, { keyId: await makeKey('ECC_NIST_P256') }),
  algorithm: 'ecdsa-p256-sha256',
  hashesAgain: true,
}));

it('refuses a key of another kind, and says when there is none', async () => {
  const signer = createKmsSigner(client, { keyId: await makeKey('RSA_2048') });
  expect(sayOf(await signer.sign(Buffer.from('x')))).toBe(
    'The KMS key for signatures is of the kind rsa. Make one of the kind ECC_NIST_P256.',
  );
  const none = createKmsSigner(client, { keyId: '00000000-0000-0000-0000-000000000000' });
  expect(codeOf(await none.publicKey())).toBe('output-failed');
});
