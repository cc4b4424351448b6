import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { createSecretsManagerStore } from '../../lib/adapters/aws/secrets-manager.ts';
import { describeSecretStore } from '../contracts/secret-store.contract.ts';
import { emulated } from './emulator.ts';

describeSecretStore('Secrets Manager', async () => {
  const client = new SecretsManagerClient(emulated());
  return { store: createSecretsManagerStore(client, { prefix: 'gatehouse/' }), close: () => client.destroy() };
});
