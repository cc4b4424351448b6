import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { denied, type FakeCluster, fakeAccess } from '../../../../test/support/fake-access.ts';
import { seen, unseen } from '../../../core/facts/index.ts';
import type { ServedApi } from '../../../core/gate/index.ts';
import type { WantedApi } from '../options.ts';
import { observeOldObjects } from './observe.ts';

const now = '2026-06-01T00:00:00Z';
const thing = (kind: string, name: string, verbs = ['get', 'list']) => ({ name, kind, namespaced: true, verbs });
const served: readonly ServedApi[] = [
  { groupVersion: 'networking.k8s.io/v1', resources: [thing('Ingress', 'ingresses'), thing('IPAddress', 'ipaddresses')] },
  { groupVersion: 'networking.k8s.io/v1beta1', resources: [thing('IPAddress', 'ipaddresses')] },
  { groupVersion: 'scheduling.k8s.io/v1alpha2', resources: [thing('Workload', 'workloads'), thing('Review', 'reviews', ['create'])] },
];
const wanted: readonly WantedApi[] = [
  { group: 'extensions', version: 'v1beta1', kinds: ['Ingress', 'Scale'] },
  { group: 'networking.k8s.io', version: 'v1beta1', kinds: ['IPAddress', 'Ingress'] },
  { group: 'scheduling.k8s.io', version: 'v1alpha2', kinds: ['*'] },
  { group: 'kubeadm.k8s.io', version: 'v1beta3', kinds: ['*'] },
];
const [ingresses, addresses, workloads] = [
  '/apis/networking.k8s.io/v1/ingresses',
  '/apis/networking.k8s.io/v1/ipaddresses',
  '/apis/scheduling.k8s.io/v1alpha2/workloads',
];
const empty = { [ingresses]: [], [addresses]: [], [workloads]: [] };
const wrote = (manager: string, apiVersion: string, time = '2026-05-01T00:00:00Z', operation = 'Update') => ({
  manager,
  operation,
  apiVersion,
  time,
  fieldsType: 'FieldsV1',
  fieldsV1: { 'f:spec': {} },
});
const object = (name: string, managedFields: readonly unknown[], applied?: string) => ({
  metadata: {
    name,
    namespace: 'shop',
    managedFields,
    ...(applied === undefined ? {} : { annotations: { 'kubectl.kubernetes.io/last-applied-configuration': applied } }),
  },
});
const observe = (
  lists: FakeCluster['lists'],
  more: { stored?: Map<string, number>; helmReleases?: boolean; gone?: typeof wanted; objects?: FakeCluster['objects'] } = {},
) => {
  const access = fakeAccess({ lists: { ...empty, ...lists }, objects: more.objects ?? {} });
  const { stored = new Map<string, number>(), helmReleases = false, gone = [] } = more;
  return observeOldObjects({ access, served: seen(served), stored, options: { wanted, gone, helmReleases }, now }).then((read) => ({
    read,
    asked: access.asked,
    found: read.read ? read.value.map(({ name, oldVersion, foundBy, manager }) => [name, oldVersion, foundBy, manager]) : read.reason,
  }));
};

describe('where it looks', () => {
  it('lists each resource once, by metadata, through a version that stays, and moved groups too', async () => {
    expect((await observe({})).asked).toEqual([ingresses, addresses, workloads].map((path) => `list ${path} (metadata)`));
  });
  it('does not use a version that goes where nothing is stored', async () => {
    const { asked } = await observe(
      {},
      {
        stored: new Map([
          ['workloads.scheduling.k8s.io', 0],
          ['ingresses.networking.k8s.io', 0],
        ]),
      },
    );
    expect(asked).toEqual([ingresses, addresses].map((path) => `list ${path} (metadata)`));
    expect((await observe({}, { stored: new Map([['workloads.scheduling.k8s.io', 1]]) })).asked).toHaveLength(3);
  });
  it('is unread where what is served was not read, and names every missing right', async () => {
    const access = fakeAccess({});
    const input = { access, stored: new Map<string, number>(), options: { wanted }, now };
    expect(await observeOldObjects({ ...input, served: unseen('no discovery') })).toEqual(unseen('no discovery'));
    const { read } = await observe({ [ingresses]: denied('list ingresses.networking.k8s.io'), [addresses]: denied('x') });
    expect(read).toMatchObject({
      read: false,
      missing: ['list ingresses.networking.k8s.io', 'list ipaddresses.networking.k8s.io'],
    });
  });
  it('takes a resource that vanished in the meantime for empty, and begins again with its list', async () => {
    const old = object('web', [wrote('helm', 'extensions/v1beta1')]);
    const access = fakeAccess({ lists: { [ingresses]: { items: [old, old], expiresAfter: 1 } } });
    const read = await observeOldObjects({ access, served: seen(served), stored: new Map(), options: { wanted }, now });
    expect(read.read && read.value.length).toBe(2);
  });
});

describe('who wrote it', () => {
  it('names the object, the version, the last writer and the time', async () => {
    const { read } = await observe({
      [ingresses]: [object('web', [wrote('helm', 'extensions/v1beta1'), wrote('nginx', 'networking.k8s.io/v1')])],
    });
    expect(read).toEqual(
      seen([
        {
          kind: 'Ingress',
          apiVersion: 'networking.k8s.io/v1',
          namespace: 'shop',
          name: 'web',
          oldVersion: 'extensions/v1beta1',
          foundBy: 'managed-fields',
          manager: 'helm',
          at: '2026-05-01T00:00:00Z',
        },
      ]),
    );
  });
  it('finds nothing in objects that were written otherwise', async () => {
    const fine = [object('a', [wrote('helm', 'networking.k8s.io/v1')]), object('b', []), { metadata: { name: 'c' } }];
    expect((await observe({ [ingresses]: fine })).found).toEqual([]);
  });
  it('takes the last word of each writer, all ways of kubectl as one', async () => {
    const repaired = [wrote('helm', 'extensions/v1beta1', '2026-01-01T00:00:00Z'), wrote('helm', 'networking.k8s.io/v1')];
    const byHand = [wrote('kubectl-create', 'extensions/v1beta1', '2026-04-01T00:00:00Z'), wrote('kubectl-edit', 'networking.k8s.io/v1')];
    const relapsed = [wrote('helm', 'networking.k8s.io/v1', '2026-01-01T00:00:00Z'), wrote('helm', 'extensions/v1beta1')];
    const lists = { [ingresses]: [object('repaired', repaired), object('by-hand', byHand), object('relapsed', relapsed)] };
    expect((await observe(lists)).found).toEqual([['relapsed', 'extensions/v1beta1', 'managed-fields', 'helm']]);
  });
  it('leaves out parts of Kubernetes, and what was written by hand long ago', async () => {
    const old = (manager: string, time?: string, operation?: string) =>
      object(`${manager}-${time ?? 'recent'}`, [wrote(manager, 'networking.k8s.io/v1beta1', time, operation)]);
    const long = '2025-06-01T00:00:00Z';
    const lists = {
      [addresses]: [
        old('kube-controller-manager'),
        old('kube-apiserver'),
        old('kubectl-edit', long),
        old('kubectl-edit'),
        old('kubectl', long, 'Apply'),
        old('argocd-controller', long),
      ],
    };
    expect((await observe(lists)).found).toEqual([
      [`argocd-controller-${long}`, 'networking.k8s.io/v1beta1', 'managed-fields', 'argocd-controller'],
      [`kubectl-${long}`, 'networking.k8s.io/v1beta1', 'managed-fields', 'kubectl'],
      ['kubectl-edit-recent', 'networking.k8s.io/v1beta1', 'managed-fields', 'kubectl-edit'],
    ]);
  });
  it('reads the manifest that was applied, whenever that was, and keeps nothing else of it', async () => {
    const applied = JSON.stringify({ apiVersion: 'extensions/v1beta1', kind: 'Ingress', spec: { secret: 's3cret' } });
    const { found } = await observe({
      [ingresses]: [object('web', [wrote('kubectl-client-side-apply', 'extensions/v1beta1', '2020-01-01T00:00:00Z')], applied)],
    });
    expect(found).toEqual([['web', 'extensions/v1beta1', 'last-applied', undefined]]);
  });
  it.each(['', '{', 'null', '[]', '{"apiVersion":7}', '"extensions/v1beta1"'])('survives %s as a manifest', async (applied) => {
    expect((await observe({ [ingresses]: [object('web', [], applied)] })).found).toEqual([]);
  });
  it('refuses managed fields that are none', async () => {
    expect((await observe({ [ingresses]: [{ metadata: { name: 'x', managedFields: 'none' } }] })).read.read).toBe(false);
  });
});

describe('Helm releases', () => {
  const secrets = '/api/v1/secrets?fieldSelector=type=helm.sh/release.v1&labelSelector=owner=helm,status=deployed';
  const name = 'sh.helm.release.v1.front.v3';
  const secret = `/api/v1/namespaces/shop/secrets/${name}`;
  const twice = (bytes: Uint8Array): string => Buffer.from(Buffer.from(bytes).toString('base64')).toString('base64');
  const packed = (release: unknown): string => twice(gzipSync(JSON.stringify(release)));
  const ask = (release: unknown, helmReleases = true) =>
    observe({ [secrets]: [{ metadata: { namespace: 'shop', name } }] }, { helmReleases, objects: { [secret]: { data: { release } } } });
  const manifest = `
---
# Source: front/templates/ingress.yaml
apiVersion: "extensions/v1beta1"
kind: Ingress
metadata: { name: web }
---
apiVersion: v1
kind: List
items:
  - { apiVersion: networking.k8s.io/v1beta1, kind: Ingress, metadata: { name: api, namespace: other } }
  - { apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: { name: fine } }
---
apiVersion: v1
kind: Secret
data: { password: s3cret }
---
apiVersion: extensions/v1beta1
kind: Deployment
metadata: { name: not-asked-for }
`;
  it('finds objects of old versions in their manifests', async () => {
    const { read, asked } = await ask(packed({ name: 'front', namespace: 'shop', manifest }));
    const common = { kind: 'Ingress', foundBy: 'helm-release', manager: 'Helm release shop/front' };
    expect(read).toEqual(
      seen([
        { ...common, namespace: 'other', name: 'api', oldVersion: 'networking.k8s.io/v1beta1' },
        { ...common, namespace: 'shop', name: 'web', oldVersion: 'extensions/v1beta1' },
      ]),
    );
    expect(asked.slice(-2)).toEqual([`list ${secrets} (metadata)`, `get ${secret}`]);
  });
  it('finds what was gone before, too, for which nothing is listed', async () => {
    const release = packed({
      name: 'front',
      namespace: 'shop',
      manifest: 'apiVersion: policy/v1beta1\nkind: PodDisruptionBudget\nmetadata: { name: old }\n',
    });
    const gone = [{ group: 'policy', version: 'v1beta1', kinds: ['PodDisruptionBudget'] }];
    const more = { helmReleases: true, objects: { [secret]: { data: { release } } } };
    const lists = { [secrets]: [{ metadata: { namespace: 'shop', name } }] };
    expect((await observe(lists, more)).found).toEqual([]);
    const { found, asked } = await observe(lists, { ...more, gone });
    expect(found).toEqual([['old', 'policy/v1beta1', 'helm-release', 'Helm release shop/front']]);
    expect(asked.filter((one) => one.includes('poddisruptionbudgets'))).toEqual([]);
  });
  it('does not look at Secrets unless told to', async () => {
    expect((await ask('x', false)).asked.filter((one) => one.includes('secrets'))).toEqual([]);
  });
  it.each([
    ['no base64', '%%%'],
    ['no release', packed({})],
    ['cut short', packed({ manifest: 'x'.repeat(10_000) }).slice(0, 40)],
    ['a bomb', twice(gzipSync(Buffer.alloc(64 * 2 ** 20, 0x20)))],
    ['no YAML', packed({ manifest: 'extensions/v1beta1: [' })],
    [
      'aliases without end',
      packed({
        manifest: `# extensions/v1beta1\na: &a [1,1,1,1,1,1,1,1,1]\n${'bcdefgh'
          .split('')
          .map((key, at) => `${key}: &${key} [${`*${'abcdefg'[at]},`.repeat(9)}]`)
          .join('\n')}`,
      }),
    ],
    ['documents without end', packed({ manifest: '---\n'.repeat(6_000) })],
    ['nothing', undefined],
  ])('is unread, naming the release, where one is %s', async (_, release) => {
    expect((await ask(release)).read).toMatchObject({
      read: false,
      reason: expect.stringContaining('The Helm release shop/front cannot be read'),
    });
  });
  it('names the right, and takes a release that went for none', async () => {
    expect((await observe({ [secrets]: denied('list secrets') }, { helmReleases: true })).read).toMatchObject({
      missing: ['list secrets'],
    });
    const lists = { [secrets]: [{ metadata: { namespace: 'shop', name } }] };
    expect((await observe(lists, { helmReleases: true, objects: { [secret]: denied('get secrets') } })).read).toMatchObject({
      missing: ['get secrets'],
    });
    expect((await observe(lists, { helmReleases: true })).found).toEqual([]);
  });
});
