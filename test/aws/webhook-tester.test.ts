import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { openWebhookTester } from '../../lib/adapters/aws/deployed/webhooks.ts';
import { createSecretsManagerStore } from '../../lib/adapters/aws/secrets-manager.ts';
import { describeWebhookTester } from '../contracts/webhook-tester.contract.ts';
import { emulated } from './emulator.ts';

// as it is deployed, with its secrets in Secrets Manager; no deployment opens loopback, or trusts other authorities than Node does, which the receivers of the contract need
describeWebhookTester('of a deployment, over Secrets Manager', async (authority) => {
  const client = new SecretsManagerClient(emulated());
  const secrets = createSecretsManagerStore(client, { prefix: 'gatehouse/webhook-tester/' });
  const tester = openWebhookTester(secrets, {
    hosts: ['127.0.0.1', 'hooks.example.invalid'],
    networks: [],
    source: 'https://gatehouse.example.com',
    version: '0.1.0',
    own: { special: ['127.0.0.1/32'], ca: authority },
  });
  return { tester, secrets, close: () => client.destroy() };
});
