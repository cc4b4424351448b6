import { afterEach, beforeEach, expect, it } from 'vitest';
import { everywhere, startApi, type TestApi } from '../../test/support/api/server.ts';
import { failed, succeed } from '../core/failure.ts';
import type { Project } from '../fleet/project.ts';
import { auditIdOf } from './audit.ts';

const id = 'prj-00000000000a';
const project: Project = {
  id,
  name: 'Shop',
  description: '',
  tags: [],
  retention: { runsDays: 1, reportsDays: 1 },
  concurrentScans: 10,
  createdAt: '2026-11-27T12:00:00.000Z',
};
let api: TestApi;
let token: string;
beforeEach(async () => {
  api = await startApi({
    handlers: {
      'projects.get': async () => failed('not-found', 'There is no such project; check its id.'),
      'projects.create': async ({ body }) => {
        if (body.name === 'breaks') throw new Error('sesame');
        return body.name === 'taken' ? failed('conflict', 'The name is taken.') : succeed({ body: project, target: `projects/${id}` });
      },
      'waivers.decide': async () => failed('conflict', 'It was decided already.'),
      'schedules.preview': async () => succeed({ body: { slots: [] } }),
    },
  });
  token = await api.adminToken();
});
afterEach(() => api.close());
const create = (name: string) => api.ask({ method: 'POST', path: '/v1/projects', token, body: { name } });

it('records what was done: who, what, to what, when, from where', async () => {
  const answer = await create('Shop');
  expect(await api.audited()).toEqual([
    {
      id: expect.stringMatching(/^2026-11-27T12:00:00\.000Z-[0-9a-f]{16}$/),
      at: '2026-11-27T12:00:00.000Z',
      actor: { type: 'token', id: expect.stringMatching(/^tok-/), name: 'ci, token of admin' },
      action: 'projects.create',
      outcome: 'done',
      target: `projects/${id}`,
      requestId: answer.headers['x-request-id'],
      address: '127.0.0.1',
    },
  ]);
});
it.each([
  ['taken', 'The name is taken.'],
  ['', /^The request is not valid at \/name/],
  ['breaks', /^Something in the service is broken/],
])('records a change that was not done, and why (%s)', async (name, reason) => {
  await create(name);
  const records = await api.audited();
  expect(records).toMatchObject([{ action: 'projects.create', outcome: 'refused', target: 'projects' }]);
  expect(records[0]?.reason).toMatch(reason);
  expect(JSON.stringify(api.dump())).not.toContain('sesame');
});
it('records in the project what belongs to it, and what was wanted', async () => {
  await api.ask({
    method: 'POST',
    path: `/v1/projects/${id}/waivers/wvr-0123456789ab/decision`,
    token,
    body: { decision: 'approve', reason: 'ok' },
  });
  expect(await api.audited(id)).toMatchObject([
    {
      projectId: id,
      action: 'waivers.decide',
      outcome: 'refused',
      target: 'waivers/wvr-0123456789ab/decision',
      reason: 'It was decided already.',
    },
  ]);
  expect(await api.audited()).toEqual([]);
});
it('records no reading that failed, and no preview', async () => {
  await api.ask({ path: `/v1/projects/${id}`, token });
  const preview = `/v1/projects/${id}/clusters/cls-0123456789ab/schedules/configuration/preview`;
  expect((await api.ask({ method: 'POST', path: preview, token, body: { preset: 'weekly' } })).status).toBe(200);
  expect([...(await api.audited()), ...(await api.audited(id))]).toEqual([]);
});
it('keeps the list readable whatever stands where the id of a project should be', async () => {
  await api.ask({ method: 'PATCH', path: `/v1/projects/${'x'.repeat(400)}`, token, body: {}, headers: { 'if-match': '"1"' } });
  expect(await api.audited()).toMatchObject([{ action: 'projects.update', outcome: 'refused' }]);
});
it('records sixty refusals of one actor a minute, then that there were more; what was done is always recorded', async () => {
  for (let times = 0; times < 65; times++) await create('taken');
  await create('Shop');
  const first = await api.audited();
  expect(first.filter(({ outcome }) => outcome === 'refused')).toHaveLength(61);
  expect(first.filter(({ reason }) => reason?.startsWith('There were more than 60 refusals'))).toHaveLength(1);
  expect(first.filter(({ outcome }) => outcome === 'done')).toHaveLength(1);
  api.clock.advance(60);
  await create('taken');
  expect(await api.audited()).toHaveLength(63);
  const other = (await api.addToken(await api.addUser('other', everywhere))).text;
  await api.ask({ method: 'POST', path: '/v1/projects', token: other, body: { name: 'taken' } });
  expect(await api.audited()).toHaveLength(64);
});
it('says loudly when it cannot write, and tells the truth about what was done', async () => {
  const broken = await startApi({ handlers: { 'projects.create': async () => succeed({ body: project }) } });
  const admin = await broken.adminToken();
  broken.records.audit.create = async () => failed('output-failed', 'The disk is full.');
  expect((await broken.ask({ method: 'POST', path: '/v1/projects', token: admin, body: { name: 'a' } })).status).toBe(201);
  expect(broken.logged).toContainEqual(
    expect.objectContaining({
      level: 'error',
      code: 'AUDIT_NOT_WRITTEN',
      fields: expect.objectContaining({ action: 'projects.create', outcome: 'done' }),
    }),
  );
  await broken.close();
});
it('has ids that sort by time', () => {
  const ids = ['2026-11-27T12:00:00.001Z', '2026-11-27T12:00:00.000Z'].map((at) => auditIdOf(at, api.clock));
  expect(ids.toSorted()).toEqual(ids.toReversed());
});
