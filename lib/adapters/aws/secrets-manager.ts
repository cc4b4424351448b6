import {
  CreateSecretCommand,
  DeleteSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  type SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { failed, type Result, succeed } from '../../core/failure.ts';
import type { SecretStore } from '../../ports/secret-store.ts';
import { badSecretName, examineSecret, isSecretName, noSecret } from '../rules/secrets.ts';
import { nameOf, orAwsTrouble } from './trouble.ts';

export interface SecretsManagerOptions {
  /** Goes before every name, e.g. `gatehouse/`, so that a role can be allowed these secrets and no others. */
  readonly prefix: string;
  /** Key that encrypts new secrets; the account's own for Secrets Manager without it. */
  readonly kmsKeyId?: string;
}

/** Secrets in AWS Secrets Manager. */
export const createSecretsManagerStore = (client: SecretsManagerClient, options: SecretsManagerOptions): SecretStore => {
  const { prefix, kmsKeyId } = options;

  const put = async (name: string, SecretString: string): Promise<Result<void>> => {
    const Name = prefix + name;
    try {
      await client.send(new CreateSecretCommand({ Name, SecretString, ...(kmsKeyId !== undefined && { KmsKeyId: kmsKeyId }) }));
    } catch (error) {
      // a name is free again some seconds after its secret was deleted; until then this is what AWS says
      if (nameOf(error) === 'InvalidRequestException') {
        return failed('timed-out', `AWS is still deleting the secret that had the name ${name}. Try again in a minute.`);
      }
      if (nameOf(error) !== 'ResourceExistsException') throw error;
      await client.send(new PutSecretValueCommand({ SecretId: Name, SecretString }));
    }
    return succeed(undefined);
  };

  const get = async (name: string): Promise<Result<string>> => {
    try {
      const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: prefix + name }));
      return SecretString === undefined ? noSecret : succeed(SecretString);
    } catch (error) {
      // marked as deleted, by somebody in the console: gone, as far as we are concerned
      if (['ResourceNotFoundException', 'InvalidRequestException'].includes(nameOf(error))) return noSecret;
      throw error;
    }
  };

  /**
   * At once and for good: whoever deletes a cluster expects its credential to be gone, the name must be free for the next one, and a kubeconfig can always be uploaded anew. The days of grace
   * that AWS offers otherwise would keep the credential in the account, and the name taken.
   */
  const remove = async (name: string): Promise<Result<void>> => {
    try {
      await client.send(new DeleteSecretCommand({ SecretId: prefix + name, ForceDeleteWithoutRecovery: true }));
    } catch (error) {
      if (nameOf(error) !== 'ResourceNotFoundException') throw error;
    }
    return succeed(undefined);
  };

  return {
    put: async (name, secret) => {
      const examined = examineSecret(name, secret);
      return examined.ok ? orAwsTrouble('secretsmanager:PutSecretValue', () => put(name, secret)) : examined;
    },
    get: async (name) => (isSecretName(name) ? orAwsTrouble('secretsmanager:GetSecretValue', () => get(name)) : badSecretName),
    remove: async (name) => (isSecretName(name) ? orAwsTrouble('secretsmanager:DeleteSecret', () => remove(name)) : badSecretName),
  };
};
