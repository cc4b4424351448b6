import { afterEach, beforeEach, expect, it } from 'vitest';
import { codeOf, must, sayOf } from '../../test/support/answers.ts';
import { allMighty, callOf, createServicePorts, type TestService } from '../../test/support/service.ts';
import { type WebhookRequest, webhookSecret } from '../fleet/webhook.ts';
import { signWebhook, verifyWebhook } from '../fleet/webhook-signature.ts';
import { ensureDefaults } from './default-project.ts';
import { webhooksHandlers } from './webhooks.ts';

let service: TestService;
let webhooks: ReturnType<typeof webhooksHandlers>;
beforeEach(async () => {
  service = createServicePorts();
  webhooks = webhooksHandlers(service.ports);
  must(await ensureDefaults(service.ports));
});
afterEach(() => service.close());

const url = 'https://hooks.example/in';
const create = (body: Partial<WebhookRequest> = {}, projectId = 'default') =>
  webhooks['webhooks.create'](
    callOf<'webhooks.create'>(allMighty, { params: { projectId }, body: { url, events: ['scan.failed'], active: true, ...body } }),
  );
const of = (webhookId: string, projectId = 'default') => ({ projectId, webhookId });
const get = (webhookId: string, projectId?: string) =>
  webhooks['webhooks.get'](callOf<'webhooks.get'>(allMighty, { params: of(webhookId, projectId) }));
const update = (webhookId: string, body: Partial<WebhookRequest>, ifMatch = 1) =>
  webhooks['webhooks.update'](callOf<'webhooks.update'>(allMighty, { params: of(webhookId), body }, ifMatch));
const remove = (webhookId: string, ifMatch = 1) =>
  webhooks['webhooks.delete'](callOf<'webhooks.delete'>(allMighty, { params: of(webhookId) }, ifMatch));

it('shows its secret once and keeps it apart', async () => {
  const { body } = must(await create());
  expect(body.secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
  expect(service.secrets.get(webhookSecret(body.id))).toBe(body.secret);
  const list = must(
    await webhooks['webhooks.list'](callOf<'webhooks.list'>(allMighty, { params: { projectId: 'default' }, query: { limit: 50 } })),
  );
  expect(list.body.items.map(({ id }) => id)).toEqual([body.id]);
  expect(JSON.stringify([list, await get(body.id)])).not.toContain(body.secret);
});

it('points only where something may be sent, in a project that is there', async () => {
  expect(codeOf(await create({ url: 'https://forbidden.example' }))).toBe('input-invalid');
  expect(service.secrets.size).toBe(0);
  expect(codeOf(await create({}, 'prj-00000000dead'))).toBe('not-found');
  const { body } = must(await create());
  expect(codeOf(await update(body.id, { url: 'https://forbidden.example' }))).toBe('input-invalid');
  expect(must(await update(body.id, { url: 'https://other.example' })).body.url).toBe('https://other.example');
});

it('changes what is given, if it is what the caller saw', async () => {
  const { body } = must(await create());
  expect(must(await update(body.id, { active: false }))).toMatchObject({ revision: 2, body: { active: false, url } });
  expect(codeOf(await update(body.id, { active: true }, 1))).toBe('conflict');
});

it('is removed with its secret, and is not there in another project', async () => {
  const { body } = must(await create());
  expect(codeOf(await get(body.id, 'prj-000000000001'))).toBe('not-found');
  expect(codeOf(await remove(body.id, 7))).toBe('conflict');
  must(await remove(body.id));
  expect(service.secrets.size).toBe(0);
  expect(codeOf(await get(body.id))).toBe('not-found');
});

it('is tried out, and keeps what came of it', async () => {
  const { body } = must(await create({ active: false }));
  const test = (webhookId: string) => webhooks['webhooks.test'](callOf<'webhooks.test'>(allMighty, { params: of(webhookId) }));
  expect(must(await test(body.id)).body.isSucceeded).toBe(true);
  expect(must(await get(body.id)).body.lastDelivery?.eventId).toBe('evt-1');
  expect(codeOf(await test('whk-00000000dead'))).toBe('not-found');
});

const rotate = (webhookId: string, projectId?: string) =>
  webhooks['webhooks.rotateSecret'](callOf<'webhooks.rotateSecret'>(allMighty, { params: of(webhookId, projectId) }));
const endOld = (webhookId: string, projectId?: string) =>
  webhooks['webhooks.endOldSecret'](callOf<'webhooks.endOldSecret'>(allMighty, { params: of(webhookId, projectId) }));
/** Whether a receiver that knows a secret takes what is signed now. */
const isTaken = (webhookId: string, secret: string): boolean => {
  const now = '2026-11-27T12:00:00.000Z';
  const signed = signWebhook(service.secrets.get(webhookSecret(webhookId)) ?? '', 'evt-1', now, '{}');
  return verifyWebhook(secret, { ...signed }, '{}', now).ok;
};

it('replaces its secret while receivers still know the old one, until that is ended', async () => {
  const { body: made } = must(await create());
  const { body: rotated, revision } = must(await rotate(made.id));
  expect(rotated.secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
  expect(rotated).toMatchObject({ id: made.id, secretReplacedAt: '2026-11-27T12:00:00.000Z' });
  expect([made.secret, rotated.secret].map((secret) => isTaken(made.id, secret))).toEqual([true, true]);
  expect(must(await get(made.id))).toMatchObject({ revision, body: { secretReplacedAt: rotated.secretReplacedAt } });
  const { body: ended } = must(await endOld(made.id));
  expect(ended).not.toHaveProperty('secretReplacedAt');
  expect([made.secret, rotated.secret].map((secret) => isTaken(made.id, secret))).toEqual([false, true]);
  // again, and without anything to end: no failure, and nothing changes
  must(await endOld(made.id));
  expect(isTaken(made.id, rotated.secret)).toBe(true);
});

it('keeps two secrets at most', async () => {
  const { body: made } = must(await create());
  const [one, two] = [must(await rotate(made.id)).body.secret, must(await rotate(made.id)).body.secret];
  expect([made.secret, one, two].map((secret) => isTaken(made.id, secret))).toEqual([false, true, true]);
});

it('gets a secret again after it was lost', async () => {
  const { body: made } = must(await create());
  service.secrets.delete(webhookSecret(made.id));
  expect(isTaken(made.id, must(await rotate(made.id)).body.secret)).toBe(true);
});

it('shows no secret of one that is not there, or in another project', async () => {
  const { body: made } = must(await create());
  for (const ask of [rotate, endOld])
    expect([codeOf(await ask('whk-00000000dead')), codeOf(await ask(made.id, 'prj-000000000001'))]).toEqual(['not-found', 'not-found']);
  expect(isTaken(made.id, made.secret)).toBe(true);
});

it('holds the limit of its project', async () => {
  for (let made = 0; made < 100; made++) must(await create());
  expect(sayOf(await create())).toContain('100');
});
