import { describe, expect, it } from 'vitest';
import { denied, fakeAccess } from '../../../test/support/fake-access.ts';
import { forbidden } from '../../core/facts/index.ts';
import { Pod } from './workload-schema.ts';
import { gatherWorkloads, observeWorkloads } from './workloads.ts';

const owner = (kind: string, name: string) => [{ kind, name, controller: true }];
const pod = (metadata: object, spec: object = {}, phase = 'Running') => ({
  metadata: { namespace: 'shop', name: 'pod', ...metadata },
  spec: { nodeName: 'w-1', serviceAccountName: 'default', containers: [{ name: 'main', image: 'a:1' }], ...spec },
  status: { phase },
});
const observed = async (...items: readonly object[]) => {
  const slice = await observeWorkloads(fakeAccess({ lists: { '/api/v1/pods': items } }));
  if (!slice.read) throw new Error(slice.reason);
  return slice.value;
};

describe('owners', () => {
  const hashed = { labels: { 'pod-template-hash': '7cd5', app: 'front' } };
  it.each([
    ['a Deployment', { name: 'front-7cd5-x', ...hashed, ownerReferences: owner('ReplicaSet', 'front-7cd5') }, 'Deployment', 'front'],
    ['a bare ReplicaSet', { ownerReferences: owner('ReplicaSet', 'front-7cd5') }, 'ReplicaSet', 'front-7cd5'],
    ['a ReplicaSet of something else', { ...hashed, ownerReferences: owner('ReplicaSet', 'front') }, 'ReplicaSet', 'front'],
    ['a StatefulSet', { ownerReferences: owner('StatefulSet', 'db') }, 'StatefulSet', 'db'],
    ['a CronJob', { ownerReferences: owner('Job', 'backup-29401920') }, 'CronJob', 'backup'],
    ['a Job named after a date', { ownerReferences: owner('Job', 'import-20260131') }, 'Job', 'import-20260131'],
    ['a Job', { ownerReferences: owner('Job', 'import') }, 'Job', 'import'],
    ['its own kind', { ownerReferences: owner('Workflow', 'build') }, 'Workflow', 'build'],
    ['nobody', { name: 'alone' }, 'Pod', 'alone'],
    ['nobody, with a generated name', { name: 'task-x7k2p', generateName: 'task-' }, 'Pod', 'task'],
    ['an owner that does not control it', { name: 'alone', ownerReferences: [{ kind: 'Thing', name: 'x' }] }, 'Pod', 'alone'],
  ])('%s', async (_what, metadata, kind, name) => expect(await observed(pod(metadata))).toMatchObject([{ kind, name, isStatic: false }]));

  it('a static pod, by its mirror', async () => {
    const mirror = { annotations: { 'kubernetes.io/config.mirror': 'abc' }, ownerReferences: owner('Node', 'w-1') };
    expect(await observed(pod({ name: 'proxy-w-1', ...mirror }))).toMatchObject([{ kind: 'Pod', name: 'proxy', isStatic: true }]);
  });
});

it('counts pods that are alike once, whatever their order, and keeps others apart', async () => {
  const db = { ownerReferences: owner('StatefulSet', 'db') };
  const items = [pod({ name: 'db-1', ...db }), pod({ name: 'db-0', ...db }), pod({ name: 'db-2', ...db }, { hostNetwork: true })];
  const expected = [
    { name: 'db', pods: 2, examplePod: 'db-0', hostNetwork: false },
    { name: 'db', pods: 1, examplePod: 'db-2', hostNetwork: true },
  ];
  expect(await observed(...items)).toMatchObject(expected);
  expect(await observed(...items.toReversed())).toEqual(await observed(...items));
});

it('leaves out what is over', async () => {
  const items = [pod({ name: 'a' }, {}, 'Succeeded'), pod({ name: 'b' }, {}, 'Failed'), pod({ name: 'c' }, {}, 'Pending')];
  expect((await observed(...items)).map(({ name }) => name)).toEqual(['c']);
});

it('keeps what checks read, for all three kinds of containers', async () => {
  const [fact] = await observed(
    pod(
      {},
      {
        hostPID: true,
        automountServiceAccountToken: false,
        os: { name: 'linux' },
        securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
        volumes: [
          { name: 'v', hostPath: { path: '/b' } },
          { name: 'c', configMap: {} },
          { name: 'w', hostPath: { path: '/a' } },
        ],
        containers: [
          {
            name: 'main',
            image: 'a:1',
            ports: [{ containerPort: 1, hostPort: 9009 }, { containerPort: 2 }],
            securityContext: {
              privileged: false,
              capabilities: { add: ['SYS_ADMIN'], drop: ['ALL'] },
              windowsOptions: { hostProcess: true },
            },
            env: [
              { name: 'PLAIN', value: 'hunter2' },
              { name: 'P', valueFrom: { secretKeyRef: { name: 'db', key: 'password' } } },
              { name: 'C', valueFrom: { configMapKeyRef: { name: 'c', key: 'k' } } },
            ],
            envFrom: [{ secretRef: { name: 'all' } }, { configMapRef: { name: 'c' } }],
          },
        ],
        initContainers: [{ name: 'first', securityContext: {} }],
        ephemeralContainers: [{ name: 'debug', securityContext: { runAsUser: 0 } }],
      },
    ),
  );
  expect(fact).toMatchObject({
    hostPID: true,
    hostIPC: false,
    automountServiceAccountToken: false,
    os: 'linux',
    hostPaths: ['/a', '/b'],
    hasSecurityContext: true,
    securityContext: { runAsNonRoot: true, seccompProfile: 'RuntimeDefault' },
  });
  expect(fact?.containers).toEqual([
    {
      name: 'main',
      kind: 'container',
      image: 'a:1',
      hasSecurityContext: true,
      securityContext: { privileged: false, capabilitiesAdd: ['SYS_ADMIN'], capabilitiesDrop: ['ALL'], hostProcess: true },
      hostPorts: [9009],
      secretsInEnv: ['all', 'db'],
    },
    { name: 'first', kind: 'init', image: '', hasSecurityContext: false, securityContext: {}, hostPorts: [], secretsInEnv: [] },
    {
      name: 'debug',
      kind: 'ephemeral',
      image: '',
      hasSecurityContext: true,
      securityContext: { runAsUser: 0 },
      hostPorts: [],
      secretsInEnv: [],
    },
  ]);
});

it('never lets the value of an environment variable in, and passes its own answer again', () => {
  const parsed = Pod.parse(pod({}, { containers: [{ name: 'main', env: [{ name: 'TOKEN', value: 'hunter2' }] }] }));
  expect(JSON.stringify(parsed)).not.toContain('hunter2');
  expect(Pod.parse(parsed)).toEqual(parsed);
});

it('does not grow with the number of pods', () => {
  const { add, workloads } = gatherWorkloads();
  for (let n = 0; n < 5000; n++) add(Pod.parse(pod({ name: `db-${n}`, ownerReferences: owner('StatefulSet', `db-${n % 7}`) })));
  expect(workloads()).toHaveLength(7);
  expect(workloads().reduce((sum, { pods }) => sum + pods, 0)).toBe(5000);
});

it('starts over when the list does', async () => {
  const access = fakeAccess({ lists: { '/api/v1/pods': { items: [pod({ name: 'a' }), pod({ name: 'b' })], expiresAfter: 2 } } });
  expect(await observeWorkloads(access)).toMatchObject({
    value: [
      { name: 'a', pods: 1 },
      { name: 'b', pods: 1 },
    ],
  });
});

it('says which right is missing', async () => {
  const access = fakeAccess({ lists: { '/api/v1/pods': denied('list pods') } });
  expect(await observeWorkloads(access)).toEqual(forbidden('list pods'));
});
