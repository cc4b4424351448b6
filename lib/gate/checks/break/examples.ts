import { seen, unseen } from '../../../core/facts/index.ts';
import type { ClusterSettings, ControlPlanePod, GateNode, GatePod, GateStorage } from '../../../core/gate/index.ts';
import { exampleNode, examplePod } from '../../shared/examples.ts';

// Small facts for the cases of this folder: a stock kubeadm cluster, with what a case changes about it.

export const nodes = (...changes: readonly Partial<GateNode>[]) => seen(changes.map((change) => exampleNode(change)));
export const pods = (...changes: readonly Partial<GatePod>[]) => seen(changes.map((change) => examplePod(change)));

type Component = ControlPlanePod['component'];
const component = (name: Component, version: string, flags: Readonly<Record<string, string>>): ControlPlanePod => ({
  component: name,
  node: 'cp-1',
  name: `${name}-cp-1`,
  ready: true,
  image: `registry.k8s.io/${name}:${version}`,
  version,
  flags,
  environment: [],
});

/** The control plane of one node; flags by component, `shell` for one that a shell starts, so that its flags cannot be read. */
export const controlPlane = (flags: Partial<Record<Component, Readonly<Record<string, string>> | 'shell'>> = {}, etcd = '3.6.6') =>
  seen(
    (['kube-apiserver', 'kube-controller-manager', 'kube-scheduler', 'etcd'] as const).map((name) => {
      const own = flags[name];
      return component(name, name === 'etcd' ? etcd : 'v1.35.4', own === 'shell' ? {} : { 'tls-min-version': 'VersionTLS12', ...own });
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
