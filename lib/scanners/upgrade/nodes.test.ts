import { expect, it } from 'vitest';
import { denied, fakeAccess } from '../../../test/support/fake-access.ts';
import type { GatePod } from '../../core/gate/index.ts';
import { tagOf } from './images.ts';
import { observeGateNodes, withKubeProxies } from './nodes.ts';

const leases = '/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases';
const node = (name: string, more: { metadata?: object; spec?: object; status?: object } = {}) => ({
  metadata: { uid: `uid-${name}`, name, creationTimestamp: '2026-01-01T00:00:00Z', ...more.metadata },
  spec: { ...more.spec },
  status: {
    nodeInfo: {
      kubeletVersion: 'v1.36.3',
      kubeProxyVersion: '',
      containerRuntimeVersion: 'containerd://1.6.20',
      osImage: 'Debian GNU/Linux 12',
      kernelVersion: '6.1.0',
    },
    addresses: [
      { type: 'Hostname', address: name },
      { type: 'InternalIP', address: '198.18.0.12' },
    ],
    conditions: [{ type: 'Ready', status: 'True' }],
    allocatable: { cpu: '1930m', memory: '3905Mi', pods: '110' },
    ...more.status,
  },
});

it('reads nodes with their leases, by name', async () => {
  const worker = node('w1', {
    metadata: {
      labels: { 'node.cluster.x-k8s.io/pool': 'blue' },
      annotations: {
        'kubeadm.alpha.kubernetes.io/cri-socket': 'unix:///run/x.sock',
        'cluster.x-k8s.io/machine': 'm1',
        'team.example.com/note': 'no',
      },
    },
    spec: { unschedulable: true, providerID: 'vsphere://1', taints: [{ key: 'gpu', value: '', effect: 'NoSchedule' }] },
    status: {
      conditions: [
        { type: 'Ready', status: 'Unknown' },
        { type: 'MemoryPressure', status: 'True' },
        { type: 'DiskPressure', status: 'False' },
        { type: 'PIDPressure', status: 'Unknown' },
        { type: 'SomethingElse', status: 'True' },
      ],
      declaredFeatures: ['GuaranteedQoS'],
    },
  });
  const access = fakeAccess({
    lists: {
      '/api/v1/nodes': [worker, node('cp1', { metadata: { labels: { 'node-role.kubernetes.io/control-plane': '' } } })],
      [leases]: [{ metadata: { name: 'w1' }, spec: { renewTime: '2026-01-01T00:00:00.000000Z' } }, { metadata: { name: 'cp1' } }],
    },
  });
  const read = await observeGateNodes(access);
  expect(read).toMatchObject({
    read: true,
    value: { kubelets: [{ node: 'cp1' }, { node: 'w1', addresses: ['198.18.0.12'], port: 10250 }] },
  });
  const [cp1, w1] = read.read ? read.value.nodes : [];
  expect(cp1).toMatchObject({ name: 'cp1', role: 'control-plane', ready: true, pressure: [], cordoned: false, taints: [] });
  expect(cp1).not.toHaveProperty('leaseRenewedAt');
  expect(w1).toEqual({
    uid: 'uid-w1',
    name: 'w1',
    role: 'worker',
    pool: 'blue',
    createdAt: '2026-01-01T00:00:00Z',
    ready: false,
    pressure: ['MemoryPressure', 'PIDPressure'],
    cordoned: true,
    taints: [{ key: 'gpu', effect: 'NoSchedule' }],
    labels: { 'node.cluster.x-k8s.io/pool': 'blue' },
    annotations: { 'kubeadm.alpha.kubernetes.io/cri-socket': 'unix:///run/x.sock', 'cluster.x-k8s.io/machine': 'm1' },
    kubeletVersion: 'v1.36.3',
    containerRuntime: 'containerd://1.6.20',
    osImage: 'Debian GNU/Linux 12',
    kernelVersion: '6.1.0',
    providerID: 'vsphere://1',
    allocatableCpu: 1930,
    allocatableMemory: 3905 * 2 ** 20,
    allocatablePods: 110,
    declaredFeatures: ['GuaranteedQoS'],
    leaseRenewedAt: '2026-01-01T00:00:00.000000Z',
  });
});

it('knows the pool by the MachineSet where no label names it', async () => {
  const annotations = { 'cluster.x-k8s.io/owner-kind': 'MachineSet', 'cluster.x-k8s.io/owner-name': 'md-0-7xk2p' };
  const read = await observeGateNodes(fakeAccess({ lists: { '/api/v1/nodes': [node('w1', { metadata: { annotations } })] } }));
  expect(read).toMatchObject({ value: { nodes: [{ pool: 'md-0' }] } });
});

it('reads nodes without the right to leases, and forgets what came before a restart', async () => {
  const lists = { '/api/v1/nodes': { items: [node('w1'), node('w2')], expiresAfter: 1 }, [leases]: denied('list leases') };
  const read = await observeGateNodes(fakeAccess({ lists }));
  expect(read.read && read.value.nodes.map(({ name }) => name)).toEqual(['w1', 'w2']);
});

it('names the missing right, and does not read half a node', async () => {
  expect(await observeGateNodes(fakeAccess({ lists: { '/api/v1/nodes': denied('list nodes') } }))).toMatchObject({
    missing: ['list nodes'],
  });
  expect(await observeGateNodes(fakeAccess({ lists: { '/api/v1/nodes': [{ metadata: { name: 'w1' } }] } }))).toMatchObject({ read: false });
});

it('takes the version of kube-proxy from the pod that runs', async () => {
  const read = await observeGateNodes(
    fakeAccess({
      lists: {
        '/api/v1/nodes': [node('w1'), node('w2', { status: { nodeInfo: { ...node('').status.nodeInfo, kubeProxyVersion: 'v1.30.0' } } })],
      },
    }),
  );
  const pod = { namespace: 'kube-system', node: 'w1', images: ['registry.k8s.io/kube-proxy:v1.35.4@sha256:00'] } as unknown as GatePod;
  const versions = withKubeProxies(read.read ? read.value.nodes : [], [pod]).map(({ kubeProxyVersion }) => kubeProxyVersion);
  expect(versions).toEqual(['v1.35.4', 'v1.30.0']);
});

it('tells a tag from a port and a digest', () => {
  const images = ['a.example.com:5000/x', 'a.example.com:5000/x:v1', 'x:v1@sha256:00', 'x@sha256:00', 'etcd:3.6.8-0', ''];
  expect(images.map(tagOf)).toEqual([undefined, 'v1', 'v1', undefined, '3.6.8-0', undefined]);
});
