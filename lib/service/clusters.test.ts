import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { codeOf, must, sayOf } from '../../test/support/answers.ts';
import { aCluster, aWaiverRecord, scanAt, storeFleet } from '../../test/support/fleet.ts';
import { createScanning, labUid, type Scanning } from '../../test/support/scanning.ts';
import { allMighty, callOf, personWith } from '../../test/support/service.ts';
import { type Cluster, kubeconfigSecret } from '../fleet/cluster.ts';
import { clustersHandlers } from './clusters.ts';
import { ensureDefaults } from './default-project.ts';
import type { Caller } from './handler.ts';
import { projectsHandlers } from './projects.ts';

let service: Scanning;
let clusters: ReturnType<typeof clustersHandlers>;
const open = async (around?: Parameters<typeof createScanning>[0]) => {
  service = await createScanning(around);
  clusters = clustersHandlers(service.ports);
  must(await ensureDefaults(service.ports));
};
beforeEach(() => open());
afterEach(() => service.close());

const projectId = 'default';
const elsewhere = 'prj-000000000001';
const of = (clusterId: string, project = projectId) => ({ projectId: project, clusterId });
const create = (name = 'shop', kubeconfig = 'lab', project = projectId) =>
  clusters['clusters.create'](
    callOf<'clusters.create'>(allMighty, {
      params: { projectId: project },
      body: { name, description: '', tags: [], timeZone: 'Europe/Zurich', kubeconfig },
    }),
  );
const made = async (...given: Parameters<typeof create>): Promise<Cluster> => must(await create(...given)).body;
const get = (clusterId: string, project?: string) =>
  clusters['clusters.get'](callOf<'clusters.get'>(allMighty, { params: of(clusterId, project) }));
const update = (clusterId: string, body: Partial<Pick<Cluster, 'name' | 'description' | 'timeZone'>>, ifMatch = 1) =>
  clusters['clusters.update'](callOf<'clusters.update'>(allMighty, { params: of(clusterId), body }, ifMatch));
const remove = ({ id, name }: Cluster) =>
  clusters['clusters.delete'](callOf<'clusters.delete'>(allMighty, { params: of(id), query: { name } }, 1));
const setCredentials = (clusterId: string, kubeconfig: string) =>
  clusters['clusters.setCredentials'](callOf<'clusters.setCredentials'>(allMighty, { params: of(clusterId), body: { kubeconfig } }));
const test = (clusterId: string) => clusters['clusters.test'](callOf<'clusters.test'>(allMighty, { params: of(clusterId) }));
const list = async (removed?: boolean) =>
  must(await clusters['clusters.list'](callOf<'clusters.list'>(allMighty, { params: { projectId }, query: { limit: 50, removed } }))).body
    .items;

describe('registering', () => {
  it('stores the cluster as it was seen, and its kubeconfig apart', async () => {
    const { body, location, revision } = must(await create());
    expect(body).toMatchObject({
      name: 'shop',
      state: 'active',
      uid: labUid,
      server: 'https://lab.example:6443',
      credential: { kind: 'token', expires: '2027-01-01T00:00:00.000Z', updatedAt: '2026-11-27T12:00:00.000Z' },
      health: { state: 'healthy', lastContactAt: '2026-11-27T12:00:00.000Z' },
    });
    expect(service.secrets.get(kubeconfigSecret(body.id))).toBe('lab');
    expect(location).toBe(`/v1/projects/default/clusters/${body.id}`);
    expect(must(await get(body.id))).toMatchObject({ revision, body });
    expect(service.state.closed).toBe(1);
  });

  it('takes one that does not answer yet, and says so', async () => {
    const cluster = await made('far', 'away');
    expect(cluster).toMatchObject({ health: { state: 'unreachable', reason: 'Nobody answers there.' } });
    expect(cluster).not.toHaveProperty('uid');
  });

  it('refuses a time zone that does not exist, here and when it is changed', async () => {
    const params = { projectId };
    const body = { name: 'shop', description: '', tags: [], timeZone: 'Europe/Atlantis', kubeconfig: 'lab' };
    expect(sayOf(await clusters['clusters.create'](callOf<'clusters.create'>(allMighty, { params, body })))).toContain('Europe/Atlantis');
    const { id } = await made();
    expect(sayOf(await update(id, { timeZone: 'Europe/Atlantis' }))).toContain('Europe/Atlantis');
    expect(must(await update(id, { timeZone: 'Asia/Tokyo' })).body.timeZone).toBe('Asia/Tokyo');
  });

  it('refuses a kubeconfig that is none', async () => {
    expect(codeOf(await create('shop', 'nonsense'))).toBe('kubeconfig-invalid');
    expect([service.secrets.size, await list()]).toEqual([0, []]);
  });

  it('refuses the same cluster twice in a project, until the first is removed', async () => {
    const first = await made();
    expect(sayOf(await create('again'))).toContain('registered already, as "shop"');
    await made('again', 'other');
    must(await remove(first));
    await made('third');
  });

  it('refuses a name that is taken, whatever its case, and leaves no secret behind', async () => {
    await made();
    expect(codeOf(await create('SHOP', 'other'))).toBe('conflict');
    expect(service.secrets.size).toBe(1);
  });

  it('refuses a project that is not there', async () => {
    expect(codeOf(await create('shop', 'lab', elsewhere))).toBe('not-found');
    expect(service.secrets.size).toBe(0);
  });

  it('leaves nothing in a project that is deleted at the same moment', async () => {
    service.close();
    let onCluster: (() => Promise<unknown>) | undefined;
    await open((store) => ({
      ...store,
      put: async (record, expected) => {
        const put = await store.put(record, expected);
        if (record.sk.startsWith('CLUSTER#')) await onCluster?.();
        return put;
      },
    }));
    const projects = projectsHandlers(service.ports);
    const { body: project } = must(
      await projects['projects.create'](callOf<'projects.create'>(allMighty, { body: { name: 'Short', description: '', tags: [] } })),
    );
    // what a delete does that looked for clusters just before
    onCluster = () => service.ports.records.projects.remove(project.id);
    expect(codeOf(await create('shop', 'lab', project.id))).toBe('not-found');
    onCluster = undefined;
    expect(service.secrets.size).toBe(0);
    const left = must(
      await clusters['clusters.list'](callOf<'clusters.list'>(allMighty, { params: { projectId: project.id }, query: { limit: 50 } })),
    );
    expect(left.body.items).toEqual([]);
  });
});

describe('changing', () => {
  it('changes what is given, if it is what the caller saw', async () => {
    const { id } = await made();
    expect(must(await update(id, { description: 'new' }))).toMatchObject({ revision: 2, body: { name: 'shop', description: 'new' } });
    expect(codeOf(await update(id, { description: 'old' }, 1))).toBe('conflict');
    expect(codeOf(await get(id, elsewhere))).toBe('not-found');
  });

  it('takes a new name, gives the old one back, and refuses one that is taken', async () => {
    const [one, two] = [await made('one'), await made('two', 'other')];
    expect(codeOf(await update(one.id, { name: 'Two' }))).toBe('conflict');
    must(await update(one.id, { name: 'first' }));
    expect(must(await update(two.id, { name: 'one' })).body.name).toBe('one');
  });

  it('lets nobody who may not approve waivers gain one by a new name', async () => {
    const { id } = await made('shop');
    const waivers = [
      aWaiverRecord({ id: 'wvr-000000000001', projectId, match: { check: '*', cluster: 'lab-*' } }),
      aWaiverRecord({ id: 'wvr-000000000002', projectId, match: { check: '*', cluster: '*' } }),
      aWaiverRecord({ id: 'wvr-000000000003', projectId, match: { check: '*', cluster: 'old-*' }, expires: '2026-11-01' }),
      aWaiverRecord({ id: 'wvr-000000000004', projectId, match: { check: '*', cluster: 'wanted-*' }, state: 'requested' }),
    ];
    await storeFleet(service.ports.records, { waivers });
    const editor = personWith({ projects: { [projectId]: ['cluster.update'] } });
    const rename = (caller: Caller, name: string, ifMatch: number) =>
      clusters['clusters.update'](callOf<'clusters.update'>(caller, { params: of(id), body: { name } }, ifMatch));
    const refused = await rename(editor, 'lab-1', 1);
    expect([codeOf(refused), sayOf(refused)]).toEqual(['permission-missing', expect.stringContaining('wvr-000000000001')]);
    must(await rename(editor, 'old-1', 1));
    must(await rename(editor, 'wanted-1', 2));
    must(await rename(personWith({ projects: { [projectId]: ['cluster.update', 'waiver.approve'] } }), 'lab-1', 3));
    // it holds under both names
    must(await rename(editor, 'lab-2', 4));
  });

  it('replaces the kubeconfig by one that leads to the same cluster only', async () => {
    const { id } = await made();
    expect(codeOf(await setCredentials(id, 'nonsense'))).toBe('kubeconfig-invalid');
    expect(sayOf(await setCredentials(id, 'other'))).toContain('another cluster than "shop"');
    expect(service.secrets.get(kubeconfigSecret(id))).toBe('lab');
    service.pass(60);
    expect(must(await setCredentials(id, 'away')).body).toMatchObject({
      uid: labUid,
      server: 'https://away.example:6443',
      credential: { updatedAt: '2026-11-27T13:00:00.000Z' },
      health: { state: 'unreachable', lastContactAt: '2026-11-27T12:00:00.000Z' },
    });
    expect(service.secrets.get(kubeconfigSecret(id))).toBe('away');
  });

  it('learns who the cluster is from the first kubeconfig that reaches it', async () => {
    const { id } = await made('shop', 'away');
    expect(must(await setCredentials(id, 'lab')).body.uid).toBe(labUid);
    expect(codeOf(await setCredentials(id, 'other'))).toBe('conflict');
  });

  it('tests the connection: healthy, away, and when another cluster answers', async () => {
    const { id } = await made();
    expect(must(await test(id)).body.health.state).toBe('healthy');
    service.clusters.set('lab', 'away');
    expect(must(await test(id)).body.health.state).toBe('unreachable');
    service.clusters.set('lab', service.clusters.get('other') ?? 'away');
    const { body } = must(await test(id));
    expect(body).toMatchObject({ uid: labUid, health: { state: 'unhealthy', reason: expect.stringContaining('another cluster') } });
    service.secrets.clear();
    expect(codeOf(await test(id))).toBe('not-found');
  });

  it.each([
    ['goes at once', false],
    ['stays for a scan that must clean up, and goes with it', true],
  ])('a kubeconfig that comes while the cluster is removed %s', async (_, isScanning) => {
    const cluster = await made();
    if (isScanning)
      await storeFleet(service.ports.records, {
        scans: [scanAt('2026-11-27T12:00:00.000Z', { projectId, clusterId: cluster.id, state: 'running' })],
      });
    const { put } = service.ports.secrets;
    service.ports.secrets.put = async (name, secret) => {
      must(await remove(cluster));
      return put(name, secret);
    };
    expect(sayOf(await setCredentials(cluster.id, 'away'))).toContain('was removed');
    expect(service.secrets.has(kubeconfigSecret(cluster.id))).toBe(isScanning);
    expect(must(await get(cluster.id)).body.server).toBe('https://lab.example:6443');
  });

  it('refuses to do anything with one that was removed', async () => {
    const cluster = await made();
    must(await remove(cluster));
    for (const refused of [
      await update(cluster.id, { description: 'x' }, 2),
      await setCredentials(cluster.id, 'lab'),
      await test(cluster.id),
    ])
      expect(sayOf(refused)).toContain('was removed');
    expect(service.secrets.size).toBe(0);
  });
});

it('lists the active ones, and the removed ones on request', async () => {
  const [one, two] = [await made('one'), await made('two', 'other')];
  must(await remove(one));
  expect((await list()).map(({ id }) => id)).toEqual([two.id]);
  expect((await list(true)).map(({ id }) => id).toSorted()).toEqual([one.id, two.id].toSorted());
});

it('shows the newest scan of each kind, the newest completed one, and the schedule', async () => {
  const cluster = aCluster({ projectId });
  const scans = [
    scanAt('2026-11-01T00:00:00.000Z', { projectId, state: 'completed' }),
    scanAt('2026-11-02T00:00:00.000Z', { projectId, state: 'completed' }),
    scanAt('2026-11-03T00:00:00.000Z', { projectId, state: 'failed' }),
    scanAt('2026-11-04T00:00:00.000Z', { projectId, kind: 'sbom', state: 'skipped' }),
  ];
  await storeFleet(service.ports.records, { clusters: [cluster], scans });
  const kinds = (clusterId: string) => clusters['clusters.kinds'](callOf<'clusters.kinds'>(allMighty, { params: of(clusterId) }));
  const { items } = must(await kinds(cluster.id)).body;
  expect(
    items.map(({ kind, available, last, lastCompleted, schedule }) => [kind, available, last?.id, lastCompleted?.id, schedule]),
  ).toEqual([
    ['configuration', true, scans[2]?.id, scans[1]?.id, null],
    ['penetration', true, undefined, undefined, null],
    ['conformance', true, undefined, undefined, null],
    ['sbom', false, scans[3]?.id, undefined, null],
  ]);
  expect(codeOf(await kinds('cls-00000000dead'))).toBe('not-found');
});
