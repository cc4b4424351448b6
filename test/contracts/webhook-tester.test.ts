import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openFileSecrets } from '../../lib/adapters/local/file-secrets.ts';
import { systemClock } from '../../lib/adapters/local/system-clock.ts';
import { createWebhookSender } from '../../lib/adapters/webhooks/sender.ts';
import { createWebhookTester } from '../../lib/adapters/webhooks/tester.ts';
import { allowing } from '../support/addresses.ts';
import { must } from '../support/answers.ts';
import { describeWebhookTester } from './webhook-tester.contract.ts';

describeWebhookTester('of one machine, over secrets in files', async (authority) => {
  const folder = await mkdtemp(join(tmpdir(), 'gatehouse-webhooks-'));
  const secrets = must(await openFileSecrets(join(folder, 'secrets')));
  const sender = createWebhookSender({
    secrets,
    clock: systemClock,
    hosts: { patterns: ['127.0.0.1', 'hooks.example.invalid'], isLoopbackAllowed: true },
    allow: allowing('127.0.0.1/32'),
    source: 'gatehouse/0.1.0',
    version: '0.1.0',
    sleep: async () => undefined,
    remember: async () => undefined,
    ca: authority,
  });
  return {
    tester: createWebhookTester(sender, systemClock),
    secrets,
    close: async () => {
      sender.close();
      await rm(folder, { recursive: true });
    },
  };
});
