import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { type Webhook, WebhookDelivery, webhookSecret } from '../../lib/fleet/webhook.ts';
import { secretText, verifyWebhook } from '../../lib/fleet/webhook-signature.ts';
import type { SecretStore } from '../../lib/ports/secret-store.ts';
import type { WebhookTester } from '../../lib/ports/webhook-tester.ts';
import { codeOf, must, sayOf } from '../support/answers.ts';
import { makePki, type Pki } from '../support/certificates.ts';
import { type Handler, startServer } from '../support/https-server.ts';

export interface WebhookTesterUnderTest {
  /** May tell 127.0.0.1, hooks.example.invalid and nobody else; trusts the authority it was given. */
  readonly tester: WebhookTester;
  readonly secrets: SecretStore;
  close?(): Promise<void> | void;
}

const id = 'whk-0123456789ab';
const secret = secretText(new Uint8Array(32).fill(7));
const path = '/hook/sesame';

/** What every WebhookTester holds, over real receivers on loopback. */
export const describeWebhookTester = (name: string, make: (authority: string) => Promise<WebhookTesterUnderTest>): void => {
  describe(`webhook tester: ${name}`, () => {
    let pki: Pki;
    let under: WebhookTesterUnderTest;
    beforeAll(async () => {
      pki = await makePki();
      under = await make(pki.authority.cert);
      must(await under.secrets.put(webhookSecret(id), secret));
    });
    afterAll(() => under?.close?.());
    const receive = async (handler: Handler) => {
      const server = await startServer(handler, { certificate: pki.server });
      onTestFinished(() => server.close());
      return server;
    };
    const answering = (status: number, headers: Record<string, string> = {}) =>
      receive((_, response) => void response.writeHead(status, headers).end());
    const webhook = (url: string, change: Partial<Webhook> = {}): Webhook => ({
      id,
      projectId: 'default',
      url,
      events: ['scan.failed'],
      active: false,
      createdAt: '2026-11-27T10:00:00.000Z',
      ...change,
    });
    const test = (url: string, change: Partial<Webhook> = {}) => under.tester.test(webhook(`${url}${path}`, change));

    it('sends one signed event that is none of those people subscribe to, also while the webhook is switched off', async () => {
      const server = await answering(204);
      const sent = must(await test(server.url));
      expect(WebhookDelivery.parse(sent)).toMatchObject({ isSucceeded: true, tries: 1, eventId: expect.stringMatching(/^webhook\.test:/) });
      const [got, ...more] = server.received;
      expect([got?.method, got?.url, more]).toEqual(['POST', path, []]);
      expect(JSON.parse(got?.body ?? '')).toMatchObject({
        specversion: '1.0',
        id: sent.eventId,
        type: 'webhook.test',
        subject: 'projects/default',
        data: { webhookId: id },
      });
      expect(verifyWebhook(secret, got?.headers ?? {}, got?.body ?? '', sent.time)).toMatchObject({ ok: true });
      expect(verifyWebhook(secret, got?.headers ?? {}, `${got?.body} `, sent.time)).toMatchObject({ ok: false });
    });

    it('gives each test an id of its own', async () => {
      const server = await answering(200);
      const ids = [must(await test(server.url)).eventId, must(await test(server.url)).eventId];
      expect(new Set(ids).size).toBe(2);
    });

    it.each([400, 401, 410, 429, 500, 503])('takes status %i for a delivery that did not succeed, and tries once', async (status) => {
      const server = await answering(status, { 'retry-after': '1' });
      expect(must(await test(server.url))).toMatchObject({ isSucceeded: false, tries: 1, message: expect.stringContaining(`(${status})`) });
      expect(server.received).toHaveLength(1);
    });

    it('follows no redirect', async () => {
      const elsewhere = await answering(200);
      const server = await answering(302, { location: elsewhere.url });
      expect(must(await test(server.url))).toMatchObject({ isSucceeded: false });
      expect(elsewhere.connections).toBe(0);
    });

    it('takes a receiver that is not there, or whose certificate is not trusted, for a delivery that did not succeed', async () => {
      const gone = await answering(200);
      await gone.close();
      const stranger = await startServer((_, response) => void response.end(), { certificate: (await makePki()).server });
      onTestFinished(() => stranger.close());
      for (const { url } of [gone, stranger]) expect(must(await test(url))).toMatchObject({ isSucceeded: false, tries: 1 });
      expect(stranger.received).toEqual([]);
    });

    it('sends nothing unsigned: without a secret it says so', async () => {
      const server = await answering(200);
      const sent = must(await test(server.url, { id: 'whk-ba9876543210' }));
      expect(sent).toMatchObject({ isSucceeded: false, message: expect.stringContaining('secret') });
      expect(server.connections).toBe(0);
    });

    it('tells nobody what is secret in an address', async () => {
      const server = await answering(500);
      for (const answer of [must(await test(server.url)).message, sayOf(await under.tester.examine(`https://elsewhere.example${path}`))])
        expect(answer).not.toContain('sesame');
    });

    it('examines an address without sending anything', async () => {
      const server = await answering(200);
      expect(codeOf(await under.tester.examine(`${server.url}${path}`))).toBe('ok');
      expect(server.connections).toBe(0);
    });

    it.each([
      ['a host that is not allowed', 'https://elsewhere.example/'],
      ['another loopback address', 'https://127.0.0.2/'],
      ['the metadata service', 'https://169.254.169.254/'],
      ['a name that cannot be resolved', 'https://hooks.example.invalid/'],
      ['another protocol', 'ftp://127.0.0.1/'],
      ['a user in the address', 'https://me:pw@127.0.0.1/'],
      ['no address', 'hooks'],
    ])('refuses %s with the reason, and sends nothing there', async (_, url) => {
      const refused = await under.tester.examine(url);
      expect(codeOf(refused)).toBe('input-invalid');
      expect(sayOf(refused)).toMatch(/\.$/);
      expect(must(await under.tester.test(webhook(url)))).toMatchObject({ isSucceeded: false, tries: 1 });
    });
  });
};
