import { expect, it } from 'vitest';
import { denied, type FakeCluster, fakeAccess } from '../../../test/support/fake-access.ts';
import { failed, succeed } from '../../core/failure.ts';
import { type GateFacts, type GateSlice, readGateVersion } from '../../core/gate/index.ts';
import type { ClusterAccess, TlsProbe } from '../../ports/cluster-access.ts';
import { observeUpgrade, type UpgradeInput, type UpgradeOptions, upgradeNeeds } from './index.ts';

const certificate = { subject: 'CN=kube-apiserver', issuer: 'CN=kubernetes', selfSigned: false, notAfter: '2027-01-01T00:00:00.000Z' };
const tls: TlsProbe = {
  probe: async ({ host, port }) => succeed({ endpoint: `${host}:${port}`, certificate, weakSuitesAccepted: [], suitesOffered: [] }),
};
const target = readGateVersion('v1.37.0');
if (!target) throw new Error('that is a version');
const wanted = [{ group: 'old.example.com', version: 'v1beta1', kinds: ['Thing'] }];
const cluster = { id: 'uid', name: 'fake', kubernetesVersion: 'v1.36.3' };
const run = (access: ClusterAccess, more: Partial<UpgradeInput> & { options?: UpgradeOptions } = {}): Promise<GateFacts> =>
  observeUpgrade({
    access,
    tls,
    cluster,
    now: () => '2026-06-01T00:00:00.000Z',
    signal: new AbortController().signal,
    options: { target, wanted },
    ...more,
  });
const slicesOf = ({ cluster: _, observedAt: __, ...slices }: GateFacts) => slices;

const discovery = (name: string, resources: readonly (readonly [string, string, string])[]) => ({
  metadata: { name },
  versions: [...new Set(resources.map(([version]) => version))].map((version) => ({
    version,
    resources: resources
      .filter(([own]) => own === version)
      .map(([, resource, kind]) => ({ resource, responseKind: { kind }, scope: 'Namespaced', verbs: ['get', 'list'] })),
  })),
});
const list = { kind: 'APIGroupDiscoveryList' };
const objects: NonNullable<FakeCluster['objects']> = {
  '/api': { ...list, items: [discovery('', [['v1', 'pods', 'Pod']])] },
  '/apis': {
    ...list,
    items: [
      discovery('old.example.com', [
        ['v1', 'things', 'Thing'],
        ['v1beta1', 'things', 'Thing'],
      ]),
    ],
  },
  '/metrics': 'process_start_time_seconds 1.7e9\napiserver_storage_size_bytes 5',
  '/readyz?verbose=': '[+]ping ok\nreadyz check passed\n',
  '/livez?verbose=': '[+]ping ok\nlivez check passed\n',
};
const required = [
  '/api/v1/nodes',
  '/api/v1/pods',
  '/api/v1/namespaces',
  '/api/v1/services',
  '/api/v1/persistentvolumes',
  '/apis/discovery.k8s.io/v1/endpointslices',
  '/apis/policy/v1/poddisruptionbudgets',
  '/apis/apps/v1/deployments',
  '/apis/apps/v1/statefulsets',
  '/apis/apps/v1/daemonsets',
  '/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations',
  '/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations',
  '/apis/storage.k8s.io/v1/storageclasses',
  '/apis/storage.k8s.io/v1/csidrivers',
  '/apis/storage.k8s.io/v1/volumeattachments',
  '/apis/certificates.k8s.io/v1/certificatesigningrequests',
];
const lists = Object.fromEntries(required.map((path) => [path, []]));

it('reads every slice of a cluster that has next to nothing', async () => {
  const events: number[] = [];
  const facts = await run(fakeAccess({ objects, lists }), {
    options: { target, wanted, progress: ({ done, total }) => events.push(done, total) },
  });
  const unread = Object.entries(slicesOf(facts)).filter(([, slice]) => !slice.read);
  expect(unread).toEqual([['cgroups', { read: false, reason: 'The kubelets were not asked for their cgroup version.' }]]);
  expect(facts).toMatchObject({
    cluster,
    observedAt: '2026-06-01T00:00:00.000Z',
    apiUse: { value: { calls: [], since: '2023-11-14T22:13:20.000Z', apiServers: 1 } },
    apiHealth: { value: { failing: [], databaseBytes: 5 } },
    certificate: { value: certificate },
    settings: { value: {} },
    clusterApi: { value: { isInstalled: false, objects: [] } },
    backups: { value: { installed: false } },
    servedApis: { value: [{ groupVersion: 'v1' }, { groupVersion: 'old.example.com/v1' }, { groupVersion: 'old.example.com/v1beta1' }] },
  });
  // as many parts as were announced
  expect(events.slice(-2)).toEqual([21, 21]);
});

it('asks for metrics before it lists anything', async () => {
  const access = fakeAccess({ objects, lists });
  await run(access);
  expect(access.asked[0]).toBe('get /metrics');
});

/** Everything refused, as the adapter refuses it. */
const refusing = (): { readonly access: ClusterAccess; readonly asked: () => readonly string[] } => {
  const access = fakeAccess({});
  const refused = async () => denied('x') as ReturnType<typeof failed>;
  const discover: ClusterAccess['get'] = async (path, schema, options) =>
    /^[/]apis?$/.test(path) ? fakeAccess({ objects }).get(path, schema, options) : refused();
  return { access: { ...access, server: access.server, requests: 0, get: discover, list: refused }, asked: () => access.asked };
};

it('names the missing rights of every slice, and each is one that is announced', async () => {
  const needs = upgradeNeeds({ wanted });
  const facts = await run(refusing().access);
  const missing = Object.entries(slicesOf(facts)).map(
    ([name, slice]) => [name, slice.read ? 'read' : (slice.missing ?? slice.reason)] as const,
  );
  const told = Object.fromEntries(missing);
  expect(told).toMatchObject({
    servedApis: 'read',
    certificate: 'read',
    clusterApi: 'read',
    pods: ['list pods'],
    apiUse: ['get /metrics'],
  });
  for (const [name, rights] of missing) {
    if (rights === 'read' || name === 'cgroups') continue;
    expect(rights, name).toBeInstanceOf(Array);
    const announced = needs
      .filter(({ feeds }) => feeds.includes(name as GateSlice))
      .map(({ verb, resource, apiGroup, name: one, namespace, nonResourceUrl }) =>
        nonResourceUrl
          ? `${verb} ${nonResourceUrl}`
          : `${verb} ${resource}${apiGroup && `.${apiGroup}`}${one ? ` ${one}` : ''}${namespace ? ` in ${namespace}` : ''}`,
      );
    for (const right of rights) expect(announced, name).toContain(right);
  }
});

it('begins nothing more once it was cancelled', async () => {
  const stop = new AbortController();
  stop.abort();
  const access = fakeAccess({ objects, lists });
  const facts = await run(access, { signal: stop.signal });
  expect(access.asked).toEqual([]);
  expect(facts.pods).toEqual({ read: false, reason: 'The evaluation was cancelled before this was read.' });
});

it('asks kubelets only where it may, and keeps what those tell that answer', async () => {
  const node = (name: string) => ({
    metadata: { uid: name, name },
    status: { nodeInfo: { kubeletVersion: 'v1', containerRuntimeVersion: 'c', osImage: 'o', kernelVersion: 'k' } },
  });
  const access = fakeAccess({ objects, lists: { ...lists, '/api/v1/nodes': [node('b'), node('a'), node('c')] } });
  const tell = (texts: Readonly<Record<string, string>>) => ({
    get: async (...[{ node: name }, path, schema]: Parameters<NonNullable<UpgradeInput['kubelets']>['get']>) => {
      const text = path === '/metrics' ? texts[name] : undefined;
      return text === undefined ? failed('cluster-unreachable', `${name} does not answer.`) : succeed({ value: schema.parse(text) });
    },
    close: () => undefined,
  });
  const some = tell({ a: 'kubelet_cgroup_version 1\nx 2', b: 'kubelet_cgroup_version 2' }) as NonNullable<UpgradeInput['kubelets']>;
  expect((await run(access, { kubelets: some })).cgroups).toEqual({ read: true, value: { a: 1, b: 2 } });
  const none = tell({}) as NonNullable<UpgradeInput['kubelets']>;
  expect((await run(access, { kubelets: none })).cgroups).toMatchObject({
    read: false,
    reason: expect.stringContaining('does not answer'),
  });
});

it('needs rights for what is asked, and Secrets and kubelets only by option', () => {
  const plain = upgradeNeeds({});
  const all = upgradeNeeds({
    helmReleases: true,
    kubelets: true,
    wanted: [
      { group: 'extensions', version: 'v1beta1', kinds: ['Ingress', 'NetworkPolicy', 'Scale'] },
      { group: 'kubeadm.k8s.io', version: 'v1beta3', kinds: ['*'] },
      { group: 'runtime(CRI gRPC)', version: 'v1', kinds: ['RuntimeService'] },
      { group: 'storage.k8s.io', version: 'v1beta1', kinds: ['StorageClass'] },
    ],
  });
  const text = ({ verb, resource, apiGroup }: (typeof all)[number]) => `${verb} ${resource}.${apiGroup}`;
  expect(plain.filter(({ resource, holder }) => resource === 'secrets' || holder !== 'scanner')).toEqual([]);
  expect(all.filter(({ purpose }) => purpose === 'objects written through versions that go').map(text)).toEqual([
    ...['extensions', 'apps', 'networking.k8s.io', 'policy'].map((group) => `list ingresses.${group}`),
    ...['extensions', 'apps', 'networking.k8s.io', 'policy'].map((group) => `list networkpolicies.${group}`),
    'list storageclasses.storage.k8s.io',
  ]);
  expect(all.filter(({ resource }) => /secrets|nodes[/]|token/.test(resource)).map(text)).toEqual([
    'list secrets.',
    'get secrets.',
    'create serviceaccounts/token.',
    'get nodes/metrics.',
  ]);
});
