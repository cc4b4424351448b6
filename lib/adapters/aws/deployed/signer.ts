import { KMSClient } from '@aws-sdk/client-kms';
import type { Signer } from '../../../ports/signer.ts';
import { createKmsSigner } from '../kms-signer.ts';

export const openSigner = (keyId: string): Signer => createKmsSigner(new KMSClient({}), { keyId });
