import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { SecretStore } from '../../../ports/secret-store.ts';
import { createSecretsManagerStore } from '../secrets-manager.ts';

export const openSecrets = (prefix: string, kmsKeyId: string): SecretStore =>
  createSecretsManagerStore(new SecretsManagerClient({}), { prefix, kmsKeyId });
