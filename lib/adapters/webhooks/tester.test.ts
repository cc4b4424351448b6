import { afterEach, beforeAll, expect, it } from 'vitest';
import { allowing, resolving } from '../../../test/support/addresses.ts';
import { makePki, type Pki } from '../../../test/support/certificates.ts';
import { startServer } from '../../../test/support/https-server.ts';
import { failed, succeed } from '../../core/failure.ts';
import { type Webhook, WebhookDelivery } from '../../fleet/webhook.ts';
import { secretText, verifyWebhook } from '../../fleet/webhook-signature.ts';
import { createWebhookSender } from './sender.ts';
import { createWebhookTester } from './tester.ts';

let pki: Pki;
const closing: (() => void | Promise<void>)[] = [];
beforeAll(async () => {
  pki = await makePki();
});
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const clock = { now: () => '2026-11-27T10:00:00.000Z', id: () => '0123456789abcdef0123456789abcdef' };
const secret = secretText(new Uint8Array(32).fill(7));
const make = (addresses: readonly string[] = ['127.0.0.1']) => {
  const sender = createWebhookSender({
    secrets: {
      get: async (name) => (name === 'webhooks/whk-0123456789ab/secret' ? succeed(secret) : failed('not-found', 'There is none.')),
    },
    clock,
    hosts: { patterns: ['127.0.0.1', '*.test'], isLoopbackAllowed: true },
    allow: allowing('127.0.0.1/32'),
    source: 'https://gatehouse.example.com',
    version: '0.1.0',
    sleep: async () => undefined,
    remember: async () => undefined,
    resolve: resolving(addresses),
    ca: pki.authority.cert,
  });
  closing.push(sender.close);
  return createWebhookTester(sender, clock);
};
const webhook = (url: string): Webhook => ({
  id: 'whk-0123456789ab',
  projectId: 'default',
  url,
  events: ['scan.failed'],
  active: false,
  createdAt: clock.now(),
});
const answering = async (status: number) => {
  const server = await startServer((_, response) => void response.writeHead(status).end(), { certificate: pki.server });
  closing.push(() => server.close());
  return server;
};

it('sends one signed test event that is none of those people subscribe to', async () => {
  const server = await answering(200);
  const sent = await make().test(webhook(server.url));
  expect(sent).toEqual({
    ok: true,
    value: {
      eventId: 'webhook.test:0123456789abcdef0123456789abcdef',
      isSucceeded: true,
      message: `The receiver at 127.0.0.1:${server.port} took it (200).`,
      time: clock.now(),
      tries: 1,
    },
  });
  expect(WebhookDelivery.safeParse(sent.ok && sent.value).success).toBe(true);
  const [got] = server.received;
  expect(JSON.parse(got?.body ?? '')).toMatchObject({
    type: 'webhook.test',
    subject: 'projects/default',
    data: { webhookId: 'whk-0123456789ab' },
  });
  expect(verifyWebhook(secret, got?.headers ?? {}, got?.body ?? '', clock.now())).toMatchObject({ ok: true });
});

it.each([
  [503, 'could not take it (503)'],
  [410, 'gone for good (410); give the webhook another one.'],
])('tries once, and takes status %i for a delivery that did not succeed', async (status, say) => {
  const server = await answering(status);
  expect(await make().test(webhook(server.url))).toMatchObject({
    ok: true,
    value: { isSucceeded: false, tries: 1, message: expect.stringContaining(say) },
  });
  expect(server.received).toHaveLength(1);
});

it('examines an address without sending anything', async () => {
  const server = await answering(200);
  expect(await make().examine(server.url)).toEqual({ ok: true, value: undefined });
  expect(await make().examine('https://hooks.test')).toEqual({ ok: true, value: undefined });
  const refusal = (say: string) => ({ ok: false, failure: { code: 'input-invalid', say: expect.stringContaining(say) } });
  expect(await make().examine('https://elsewhere.example')).toEqual(refusal('may not point to the host elsewhere.example'));
  expect(await make(['10.0.0.1']).examine('https://hooks.test')).toEqual(
    refusal('Nothing can be sent to hooks.test because it leads to an address that is outside the addresses that may be connected to'),
  );
  expect(await make([]).examine('https://hooks.test')).toEqual(refusal('because its name cannot be resolved from here'));
  expect(server.connections).toBe(0);
});
