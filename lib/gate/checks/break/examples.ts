import { seen, unseen } from '../../../core/facts/index.ts';
import type { ClusterSettings, ControlPlanePod, GateNode, GatePod, GateStorage } from '../../../core/gate/index.ts';

// Small facts for the cases of this folder: a stock kubeadm cluster, with what a case changes about it.

const node: GateNode = {
  uid: '4f0c1f3e-0000-4000-8000-000000000001',
  name: 'worker-1',
  role: 'worker',
  createdAt: '2026-11-01T08:00:00Z',
  ready: true,
  pressure: [],
  cordoned: false,
  taints: [],
  labels: { 'kubernetes.io/os': 'linux' },
  annotations: {},
  kubeletVersion: 'v1.35.4',
  containerRuntime: 'containerd://2.1.4',
  osImage: 'Ubuntu 24.04.3 LTS',
  kernelVersion: '6.8.0-60-generic',
  allocatableCpu: 4000,
  allocatableMemory: 8_000_000_000,
  allocatablePods: 110,
  declaredFeatures: [],
};
export const nodes = (...changes: readonly Partial<GateNode>[]) => seen(changes.map((change) => ({ ...node, ...change })));

const pod: GatePod = {
  namespace: 'shop',
  name: 'front-7d9c5b8f6-abcde',
  node: 'worker-1',
  labels: { app: 'front' },
  owner: { kind: 'Deployment', name: 'front' },
  isMirror: false,
  ready: true,
  phase: 'Running',
  restarts: 0,
  finalizers: [],
  gracePeriodSeconds: 30,
  emptyDirs: [],
  hostPaths: [],
  claims: [],
  otherVolumes: ['kube-api-access-x7k2p'],
  toleratesUnschedulable: false,
  nodeSelector: {},
  tolerations: [],
  requestedCpu: 100,
  requestedMemory: 64_000_000,
  images: ['registry.example/shop/front:1.4'],
  refersTo: [],
  annotations: {},
};
export const pods = (...changes: readonly Partial<GatePod>[]) => seen(changes.map((change) => ({ ...pod, ...change })));

/** The control plane of one node; flags by component. */
export const controlPlane = (flags: Partial<Record<ControlPlanePod['component'], Readonly<Record<string, string>>>> = {}, etcd = '3.6.6') =>
  seen(
    (['kube-apiserver', 'kube-controller-manager', 'kube-scheduler', 'etcd'] as const).map((component): ControlPlanePod => {
      const version = component === 'etcd' ? etcd : 'v1.35.4';
      return {
        component,
        node: 'cp-1',
        name: `${component}-cp-1`,
        ready: true,
        image: `registry.k8s.io/${component}:${version}`,
        version,
        flags: { 'tls-min-version': 'VersionTLS12', ...flags[component] },
        environment: [],
      };
    }),
  );

export const settings = (changes: ClusterSettings = {}) =>
  seen<ClusterSettings>({
    kubeadm: { apiVersion: 'kubeadm.k8s.io/v1beta4', kubernetesVersion: 'v1.35.4', externalEtcd: false, featureGates: {}, extraArgs: {} },
    kubelet: { featureGates: {} },
    kubeProxy: { mode: 'iptables', featureGates: {} },
    ...changes,
  });
/** With flags that Cluster API gives kubelets. */
export const kubeletFlags = (flags: Readonly<Record<string, string>>) =>
  settings({ kubeletFlags: [{ kind: 'KubeadmConfigTemplate', namespace: 'fleet', name: 'pool-a', flags }] });
/** What kubeadm keeps, with arguments by component. */
export const extraArgs = (args: Readonly<Record<string, Readonly<Record<string, string>>>>) =>
  settings({ kubeadm: { apiVersion: 'kubeadm.k8s.io/v1beta4', externalEtcd: false, featureGates: {}, extraArgs: args } });

export const storage = (changes: Partial<GateStorage> = {}) =>
  seen<GateStorage>({ volumes: [], classes: [], drivers: [], hanging: [], ...changes });
export const volume = (source: string, name = 'pv-1') => ({ name, source, accessModes: ['ReadWriteOnce'] });

/** Facts that nobody could read: what a case that must not need them gives. */
export const unread = unseen('The right to list what it needs is missing.');
