import { afterEach, beforeEach, expect, it } from 'vitest';
import { everywhere, startApi, type TestApi } from '../../test/support/api/server.ts';
import { allRoutes } from '../api/index.ts';
import { failed, succeed } from '../core/failure.ts';
import type { Project } from '../fleet/project.ts';
import { showsSecret } from './idempotency.ts';

let api: TestApi;
let token: string;
let made = 0;
let release: () => void = () => undefined;
let gate: Promise<void> = Promise.resolve();

const projectOf = (name: string): Project => ({
  id: 'prj-00000000000a',
  name,
  description: '',
  tags: [],
  retention: { runsDays: 1, reportsDays: 1 },
  concurrentScans: 10,
  createdAt: '2026-11-27T12:00:00.000Z',
});

beforeEach(async () => {
  made = 0;
  gate = Promise.resolve();
  api = await startApi({
    handlers: {
      'projects.create': async ({ body }) => {
        await gate;
        if (body.name === 'fails') return failed('conflict', 'The name is taken.');
        if (body.name === 'breaks') throw new Error('broken');
        made++;
        return succeed({ body: projectOf(body.name), revision: made, location: '/v1/projects/prj-00000000000a' });
      },
      'tokens.create': async () => {
        made++;
        const { id: _, ...owner } = { id: 1, type: 'person' as const, name: 'a' };
        const token = {
          id: 'tok-0123456789ab',
          name: 'n',
          owner: { ...owner, id: 'x' },
          assignments: everywhere,
          createdAt: '2026-11-27T12:00:00.000Z',
          expiresAt: '2026-12-27T12:00:00.000Z',
        };
        return succeed({ body: { ...token, token: 'ght_sesame' } });
      },
    },
  });
  token = await api.adminToken();
});
afterEach(() => api.close());
const post = (name: string, key: string, as = token) =>
  api.ask({ method: 'POST', path: '/v1/projects', token: as, body: { name }, headers: { 'idempotency-key': key } });

it('does the same request once and answers it twice', async () => {
  const first = await post('shop', 'k1');
  const second = await post('shop', 'k1');
  expect(made).toBe(1);
  expect(first.headers['idempotency-replayed']).toBeUndefined();
  expect(second).toMatchObject({
    status: 201,
    text: first.text,
    headers: { 'idempotency-replayed': 'true', etag: '"1"', location: '/v1/projects/prj-00000000000a' },
  });
  expect(second.headers['x-request-id']).not.toBe(first.headers['x-request-id']);
});
it('records a change once, however often it is asked for', async () => {
  await post('shop', 'k1');
  await post('shop', 'k1');
  expect((await api.audited()).filter(({ outcome }) => outcome === 'done')).toHaveLength(1);
});
it('refuses the key for another request', async () => {
  await post('shop', 'k1');
  expect(await post('other', 'k1')).toMatchObject({ status: 422, json: { code: 'key-reused' } });
  expect(made).toBe(1);
});
it('keeps keys of different callers apart', async () => {
  const other = await api.addToken(await api.addUser('other', everywhere));
  await post('shop', 'k1');
  expect((await post('other', 'k1', other.text)).status).toBe(201);
  expect(made).toBe(2);
});
it('does a request once when many come at the same time', async () => {
  gate = new Promise((done) => {
    release = done;
  });
  const racing = Promise.all(Array.from({ length: 8 }, () => post('shop', 'k1')));
  const early = await post('shop', 'k1');
  release();
  const answers = [early, ...(await racing)];
  expect(made).toBe(1);
  expect(early.status).toBe(409);
  expect(answers.filter(({ status, headers }) => status === 201 && !headers['idempotency-replayed'])).toHaveLength(1);
  // whoever came while it was worked on was sent away, whoever came later was given the same answer
  expect(answers.every(({ status, json }) => status === 201 || (status === 409 && json?.code === 'conflict'))).toBe(true);
  expect((await post('shop', 'k1')).headers['idempotency-replayed']).toBe('true');
});
it('forgets after a day', async () => {
  await post('shop', 'k1');
  api.clock.advance(24 * 3600 + 2);
  expect((await post('shop', 'k1')).headers['idempotency-replayed']).toBeUndefined();
  expect(made).toBe(2);
});
it.each(['fails', 'breaks'])('lets a request that %s be tried again', async (name) => {
  const first = await post(name, 'k1');
  const second = await post(name, 'k1');
  expect(second.status).toBe(first.status);
  expect(second.headers['idempotency-replayed']).toBeUndefined();
  expect((await post('shop', 'k1')).status).toBe(201);
});
it('does not use a key up for a request that is not valid', async () => {
  expect((await post('', 'k1')).status).toBe(400);
  expect((await post('shop', 'k1')).status).toBe(201);
});
it.each(['a b', 'ü'.repeat(3), 'x'.repeat(256)])('refuses a key that is none (%#)', async (key) => {
  expect(await post('shop', Buffer.from(key).toString('latin1'))).toMatchObject({ status: 400 });
});
it('never stores a secret, so it says instead what to do', async () => {
  const create = () =>
    api.ask({
      method: 'POST',
      path: '/v1/tokens',
      token,
      body: { name: 'n', assignments: everywhere },
      headers: { 'idempotency-key': 'k1' },
    });
  expect((await create()).json).toMatchObject({ token: 'ght_sesame' });
  const again = await create();
  expect(again).toMatchObject({ status: 409, json: { detail: expect.stringContaining('revoke') } });
  expect(made).toBe(1);
  expect(again.text).not.toContain('sesame');
  expect(JSON.stringify(api.dump())).not.toContain('sesame');
});
it('knows every route that answers a secret', async () => {
  const withSecret = [];
  for (const [id, route] of allRoutes) if (showsSecret(await route.schemas())) withSecret.push(id);
  const ofConnections = ['pipelines.createConnection', 'pipelines.replaceSecret'];
  expect(withSecret).toEqual(['tokens.create', 'webhooks.create', 'webhooks.rotateSecret', ...ofConnections]);
});
