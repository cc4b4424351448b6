import { expect, it } from 'vitest';
import { denied, fakeAccess } from '../../../test/support/fake-access.ts';
import { Pod } from './pod-schema.ts';
import { observeGatePods } from './pods.ts';
import { requestOf } from './requests.ts';

type Json = Readonly<Record<string, unknown>>;
const pod = (name: string, spec: Json = {}, metadata: Json = {}, status: Json = { phase: 'Running' }) => ({
  metadata: { name, namespace: 'shop', ...metadata },
  spec: {
    nodeName: 'w1',
    containers: [{ name: 'main', image: 'app:1', args: ['--password=x'], env: [{ name: 'A', value: 'b' }] }],
    ...spec,
  },
  status,
});
const observe = async (...items: readonly unknown[]) => {
  const read = await observeGatePods(fakeAccess({ lists: { '/api/v1/pods': items } }));
  if (!read.read) throw new Error(read.reason);
  return read.value;
};
const mirror = { 'kubernetes.io/config.mirror': 'x', 'kubernetes.io/config.hash': 'h', 'other.example.com/a': 'b' };

it('keeps of a pod what a drain needs, and neither its command line nor its environment', async () => {
  const { pods } = await observe(
    pod(
      'front-abc-1',
      {
        terminationGracePeriodSeconds: 600,
        nodeSelector: { disk: 'ssd' },
        tolerations: [{ operator: 'Exists', effect: 'NoSchedule' }],
        volumes: [
          { name: 'cache', emptyDir: {} },
          { name: 'logs', hostPath: { path: '/var/log' } },
          { name: 'data', persistentVolumeClaim: { claimName: 'db' } },
          { name: 'old', rbd: { image: 'x', keyring: 'secret' } },
          { name: 'token', projected: {} },
          { name: 'default-token', secret: { secretName: 'default-token-x7k2p' } },
        ],
      },
      {
        labels: { app: 'front', 'pod-template-hash': 'abc' },
        finalizers: ['example.com/hold'],
        ownerReferences: [{ kind: 'ReplicaSet', name: 'front-abc', controller: true }],
        annotations: { 'seccomp.security.alpha.kubernetes.io/pod': 'runtime/default', 'other.example.com/a': 'b' },
      },
      {
        phase: 'Running',
        conditions: [{ type: 'Ready', status: 'False' }],
        containerStatuses: [{ restartCount: 7, state: { waiting: { reason: 'CrashLoopBackOff' } } }],
        initContainerStatuses: [{ restartCount: 1, state: {} }],
      },
    ),
  );
  expect(pods).toEqual([
    {
      namespace: 'shop',
      name: 'front-abc-1',
      node: 'w1',
      labels: { app: 'front', 'pod-template-hash': 'abc' },
      owner: { kind: 'Deployment', name: 'front' },
      isMirror: false,
      ready: false,
      phase: 'Running',
      waiting: 'CrashLoopBackOff',
      restarts: 8,
      finalizers: ['example.com/hold'],
      gracePeriodSeconds: 600,
      emptyDirs: ['cache'],
      hostPaths: ['logs'],
      claims: ['db'],
      otherVolumes: ['rbd'],
      tokenVolumes: ['default-token-x7k2p'],
      toleratesUnschedulable: true,
      nodeSelector: { disk: 'ssd' },
      tolerations: [{ operator: 'Exists', effect: 'NoSchedule' }],
      requestedCpu: 0,
      requestedMemory: 0,
      images: ['app:1'],
      refersTo: [],
      annotations: { 'seccomp.security.alpha.kubernetes.io/pod': 'runtime/default' },
    },
  ]);
});

it('reads static pods: flags without secrets, names of variables, what they refer to', async () => {
  const apiServer = pod(
    'kube-apiserver-cp1',
    {
      nodeName: 'cp1',
      containers: [
        {
          name: 'kube-apiserver',
          image: 'registry.k8s.io/kube-apiserver:v1.36.3',
          command: ['kube-apiserver', '--feature-gates=A=true', '--feature-gates=B=false', '--token=s3cret', '--profiling'],
          env: [{ name: 'KUBE_ESCAPE', value: 's3cret' }],
        },
      ],
    },
    { namespace: 'kube-system', annotations: mirror, ownerReferences: [{ kind: 'Node', name: 'cp1', controller: true }] },
    { phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }] },
  );
  const vip = pod(
    'kube-vip-cp1',
    {
      volumes: [{ name: 'a', configMap: { name: 'settings' } }],
      containers: [{ name: 'vip', envFrom: [{ secretRef: { name: 'x' } }], command: ['/bin/sh', '-c', 'TOKEN=s3cret vip'] }],
      serviceAccountName: 'vip',
    },
    { namespace: 'kube-system', annotations: mirror },
  );
  const { pods, controlPlane } = await observe(vip, apiServer);
  expect(controlPlane).toEqual([
    {
      component: 'kube-apiserver',
      node: 'cp1',
      name: 'kube-apiserver-cp1',
      ready: true,
      image: 'registry.k8s.io/kube-apiserver:v1.36.3',
      version: 'v1.36.3',
      flags: { 'feature-gates': 'A=true,B=false', token: '(removed)', profiling: 'true' },
      environment: ['KUBE_ESCAPE'],
    },
  ]);
  expect(pods[0]).toMatchObject({
    isMirror: true,
    owner: { kind: 'Node', name: 'cp1' },
    arguments: {
      'kube-apiserver': ['kube-apiserver', '--feature-gates=A=true', '--feature-gates=B=false', '--token=(removed)', '--profiling'],
    },
    environment: ['KUBE_ESCAPE'],
    refersTo: [],
    annotations: { 'kubernetes.io/config.mirror': 'x', 'kubernetes.io/config.hash': 'h' },
  });
  expect(pods[1]).toMatchObject({ refersTo: ['configMap/settings', 'secret/x', 'serviceAccount/vip'], arguments: { vip: ['/bin/sh'] } });
  expect(JSON.stringify(pods)).not.toContain('s3cret');
});

it('knows no owner of a naked pod, and leaves out what is over', async () => {
  const { pods } = await observe(
    pod('b'),
    pod('a'),
    pod('done', {}, {}, { phase: 'Succeeded' }),
    pod('broken', {}, {}, { phase: 'Failed' }),
  );
  expect(pods.map(({ name, owner }) => [name, owner])).toEqual([
    ['a', undefined],
    ['b', undefined],
  ]);
});

it('takes a label for no proof of being the control plane: only static pods of kube-system are', async () => {
  const pretender = pod('kube-apiserver-w1', {}, { namespace: 'kube-system', labels: { component: 'kube-apiserver' } });
  const elsewhere = pod('etcd-w1', {}, { annotations: mirror, labels: { component: 'etcd' } });
  expect((await observe(pretender, elsewhere)).controlPlane).toEqual([]);
});

it('forgets what it was given when the list begins again', async () => {
  const read = await observeGatePods(fakeAccess({ lists: { '/api/v1/pods': { items: [pod('a'), pod('b')], expiresAfter: 1 } } }));
  expect(read.read && read.value.pods.map(({ name }) => name)).toEqual(['a', 'b']);
});

it('names the missing right, and refuses what is no pod', async () => {
  expect(await observeGatePods(fakeAccess({ lists: { '/api/v1/pods': denied('list pods') } }))).toMatchObject({ missing: ['list pods'] });
  const hostile = { metadata: { name: 'x', namespace: 'y', labels: { a: {} } }, spec: { containers: 'none' } };
  expect(await observeGatePods(fakeAccess({ lists: { '/api/v1/pods': [hostile] } }))).toMatchObject({ read: false });
});

it('lets through what it let through before: a recording is read again', () => {
  const volumes = [
    { name: 'a', rbd: { keyring: 'x' } },
    { name: 'b', persistentVolumeClaim: { claimName: 'c' } },
  ];
  const once = Pod.parse(pod('a', { volumes }, { namespace: 'kube-system', annotations: mirror }));
  expect(Pod.parse(JSON.parse(JSON.stringify(once)))).toEqual(JSON.parse(JSON.stringify(once)));
});

const resources = (cpu: string, memory = '0') => ({ resources: { requests: { cpu, memory } } });
const request = (spec: Json) => requestOf(Pod.parse(pod('a', spec)), 'cpu');
it('adds requests up as the scheduler does', () => {
  const [one, two] = [
    { name: 'a', ...resources('100m') },
    { name: 'b', ...resources('0.2') },
  ];
  expect(request({ containers: [one, two] })).toBe(300);
  // a start that needs more than the rest, and one that needs less
  expect(request({ containers: [one], initContainers: [{ name: 'i', ...resources('1') }] })).toBe(1000);
  expect(request({ containers: [one, two], initContainers: [{ name: 'i', ...resources('50m') }] })).toBe(300);
  // what runs on beside the containers counts with them, and with the start of those behind it
  const sidecar = { name: 's', restartPolicy: 'Always', ...resources('500m') };
  expect(request({ containers: [one], initContainers: [sidecar] })).toBe(600);
  expect(request({ containers: [one], initContainers: [sidecar, { name: 'i', ...resources('1') }] })).toBe(1500);
  expect(request({ containers: [one], initContainers: [{ name: 'i', ...resources('1') }, sidecar] })).toBe(1000);
  expect(request({ containers: [one], overhead: { cpu: '250m' } })).toBe(350);
  expect(request({ containers: [one], overhead: { cpu: '250m' }, ...resources('2') })).toBe(2250);
  expect(request({ containers: [{ name: 'a', ...resources('many') }, one] })).toBe(100);
  expect(requestOf(Pod.parse(pod('a', { containers: [{ name: 'a', ...resources('0', '64Mi') }] })), 'memory')).toBe(64 * 2 ** 20);
});
