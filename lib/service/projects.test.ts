import { afterEach, beforeEach, expect, it } from 'vitest';
import { codeOf, must, sayOf } from '../../test/support/answers.ts';
import { scanAt } from '../../test/support/fleet.ts';
import { allMighty, callOf, createServicePorts, personWith, type TestService } from '../../test/support/service.ts';
import { succeed } from '../core/failure.ts';
import type { Cluster } from '../fleet/cluster.ts';
import type { Retention } from '../fleet/project.ts';
import { ensureDefaults } from './default-project.ts';
import type { Caller } from './handler.ts';
import { projectsHandlers } from './projects.ts';
import { webhooksHandlers } from './webhooks.ts';

let service: TestService;
let projects: ReturnType<typeof projectsHandlers>;
beforeEach(() => {
  service = createServicePorts();
  projects = projectsHandlers(service.ports);
});
afterEach(() => service.close());

const create = (name: string) =>
  projects['projects.create'](callOf<'projects.create'>(allMighty, { body: { name, description: '', tags: [] } }));
const update = (projectId: string, body: { name?: string; description?: string }, ifMatch: number) =>
  projects['projects.update'](callOf<'projects.update'>(allMighty, { params: { projectId }, body }, ifMatch));
const remove = (projectId: string, ifMatch = 1) =>
  projects['projects.delete'](callOf<'projects.delete'>(allMighty, { params: { projectId } }, ifMatch));
const list = (caller = allMighty, query: { limit: number; cursor?: string } = { limit: 50 }) =>
  projects['projects.list'](callOf<'projects.list'>(caller, { query }));

const cluster = (projectId: string, name: string, state: Cluster['state'] = 'active'): Cluster => ({
  id: `cls-${service.ports.clock.id()}`,
  projectId,
  name,
  description: '',
  tags: [],
  timeZone: 'UTC',
  state,
  registeredAt: service.ports.clock.now(),
  server: 'https://10.0.0.1:6443',
  credential: { kind: 'token', updatedAt: service.ports.clock.now() },
  health: { state: 'unknown' },
});

it('makes the default project once, which cannot be deleted', async () => {
  must(await ensureDefaults(service.ports));
  must(await ensureDefaults(service.ports));
  const { body } = must(await list());
  expect(body.items.map(({ id, name }) => [id, name])).toEqual([['default', 'Default']]);
  expect(sayOf(await remove('default'))).toContain('cannot be deleted');
});

it('makes a project with defaults and says where it is', async () => {
  const made = must(await create('Shop'));
  expect(made).toMatchObject({ revision: 1, location: `/v1/projects/${made.body.id}`, target: `projects/${made.body.id}` });
  expect(made.body).toMatchObject({ name: 'Shop', concurrentScans: 10, retention: { runsDays: 400 } });
  const read = must(await projects['projects.get'](callOf<'projects.get'>(allMighty, { params: { projectId: made.body.id } })));
  expect(read).toMatchObject({ body: made.body, revision: 1 });
});

it('keeps names unique without regard to case, gives them back, and lets a project change the case of its own', async () => {
  const { body: shop } = must(await create('Shop'));
  expect(codeOf(await create('SHOP'))).toBe('conflict');
  must(await update(shop.id, { name: 'shop' }, 1));
  expect(codeOf(await create('Shop'))).toBe('conflict');
  must(await update(shop.id, { name: 'Store' }, 2));
  const { body: other } = must(await create('Shop'));
  expect(codeOf(await update(other.id, { name: 'store' }, 1))).toBe('conflict');
  must(await remove(shop.id, 3));
  must(await update(other.id, { name: 'store' }, 1));
});

it('changes only what is given, and only what the caller saw', async () => {
  const { body: shop } = must(await create('Shop'));
  const changed = must(await update(shop.id, { description: 'sells' }, 1));
  expect(changed).toMatchObject({ revision: 2, body: { ...shop, description: 'sells' } });
  expect(codeOf(await update(shop.id, { description: 'buys' }, 1))).toBe('conflict');
  expect(codeOf(await remove(shop.id, 1))).toBe('conflict');
});

it.each([
  ['a shorter time for reports', { runsDays: 400, reportsDays: 400 }, true],
  ['a shorter time for records', { runsDays: 1, reportsDays: 500 }, true],
  ['the same time', { runsDays: 400, reportsDays: 500 }, false],
  ['a longer time', { runsDays: 500, reportsDays: 600 }, false],
])('lets who works in a project keep its evidence longer, and only who may make projects shorter: %s', async (_, retention, isShorter) => {
  const { body: shop } = must(await create('Shop'));
  const change = (by: Caller, to: Retention, ifMatch: number) =>
    projects['projects.update'](callOf<'projects.update'>(by, { params: { projectId: shop.id }, body: { retention: to } }, ifMatch));
  must(await change(allMighty, { runsDays: 400, reportsDays: 500 }, 1));
  const editor = personWith({ projects: { [shop.id]: ['project.update', 'project.create'] } });
  const changed = await change(editor, retention, 2);
  expect(codeOf(changed)).toBe(isShorter ? 'permission-missing' : 'ok');
  const tenantProjectAdmin = personWith({ tenant: ['project.update', 'project.create'] });
  const { body } = must(await change(tenantProjectAdmin, retention, isShorter ? 2 : 3));
  expect(body.retention).toEqual(retention);
});

it('lists what the caller sees, over pages', async () => {
  const made = [];
  for (const name of ['a', 'b', 'c', 'd', 'e']) made.push(must(await create(name)).body.id);
  const sees = personWith({ projects: { [made[1] as string]: ['project.get'], [made[4] as string]: ['project.get'] } });
  expect(must(await list(sees)).body).toEqual({ items: [expect.objectContaining({ name: 'b' }), expect.objectContaining({ name: 'e' })] });
  const first = must(await list(sees, { limit: 1 })).body;
  expect(first.items.map(({ name }) => name)).toEqual(['b']);
  const second = must(await list(sees, { limit: 1, cursor: first.next as string })).body;
  expect(second.items.map(({ name }) => name)).toEqual(['e']);
  expect(must(await list(personWith({}))).body.items).toEqual([]);
});

it('is not deleted while it has active clusters, and names some of them', async () => {
  const { body: shop } = must(await create('Shop'));
  for (const name of ['c1', 'c2', 'c3', 'c4', 'c5', 'c6', 'c7']) must(await service.ports.records.clusters.create(cluster(shop.id, name)));
  const refused = await remove(shop.id);
  expect(codeOf(refused)).toBe('conflict');
  expect(sayOf(refused)).toContain('c1, c2, c3, c4, c5 and 2 more. Remove them first.');
});

it('is deleted with its webhooks once its clusters are removed', async () => {
  const { body: shop } = must(await create('Shop'));
  must(await service.ports.records.clusters.create(cluster(shop.id, 'old', 'removed')));
  must(
    await webhooksHandlers(service.ports)['webhooks.create'](
      callOf<'webhooks.create'>(allMighty, {
        params: { projectId: shop.id },
        body: { url: 'https://hooks.example/in', events: ['scan.failed'], active: true },
      }),
    ),
  );
  expect(service.secrets.size).toBe(1);
  must(await remove(shop.id));
  expect(service.secrets.size).toBe(0);
  expect(codeOf(await remove(shop.id))).toBe('not-found');
});

it('stays when a cluster is registered while it is being deleted', async () => {
  service.close();
  let meanwhile: (() => Promise<void>) | undefined;
  service = createServicePorts((store) => ({
    ...store,
    remove: async (key, expected) => {
      if (key.pk === 'PROJECTS') await meanwhile?.();
      return store.remove(key, expected);
    },
  }));
  projects = projectsHandlers(service.ports);
  const { body: shop } = must(await create('Shop'));
  meanwhile = async () => void must(await service.ports.records.clusters.create(cluster(shop.id, 'late')));
  expect(sayOf(await remove(shop.id))).toContain('late');
  expect(must(await list()).body.items.map(({ name }) => name)).toEqual(['Shop']);
  expect(codeOf(await create('shop'))).toBe('conflict');
});

it('holds the limit exactly', async () => {
  for (let made = 0; made < 50; made++) must(await create(`project ${made}`));
  const refused = await create('one more');
  expect(codeOf(refused)).toBe('conflict');
  expect(sayOf(refused)).toContain('50');
});

it('is not deleted while a scan of a removed cluster has not ended', async () => {
  const { scans, clusters } = service.ports.records;
  const { body: shop } = must(await create('Shop'));
  const { value: removed } = must(await clusters.create(cluster(shop.id, 'old', 'removed')));
  const { value: scan } = must(await scans.create(scanAt('2026-11-27T11:00:00.000Z', { projectId: shop.id, clusterId: removed.id })));
  expect(sayOf(await remove(shop.id))).toContain(`The scan ${scan.id} of this project has not ended yet`);
  const end = (seal: { readonly unsealed?: true }) =>
    scans.update({ clusterId: removed.id, name: scan.id }, ({ unsealed: _, ...now }) => succeed({ ...now, state: 'cancelled', ...seal }));
  must(await end({ unsealed: true }));
  expect(sayOf(await remove(shop.id)), 'its evidence needs the retention of the project').toContain('is not sealed yet');
  must(await end({}));
  must(await remove(shop.id));
});
