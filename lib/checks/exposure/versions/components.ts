import type { ClusterIdentity, ContainerFact, WorkloadFact } from '../../../core/facts/index.ts';
import type { Subject } from '../../../core/finding.ts';
import type { NodeView, ViewName } from '../../../core/probing/index.ts';
import { clusterSubject } from '../../check.ts';
import { workloadSubject } from '../../shared/many.ts';
import { named } from '../../shared/words.ts';
import type { ComponentId } from './flaw.ts';
import { imageVersion } from './image.ts';
import { readVersion, type Version } from './version.ts';

/** One place where a component runs, with what the API says of its version. */
export interface Instance {
  readonly subject: Subject;
  /** Undefined where it cannot be read. */
  readonly version?: Version;
  readonly source: string;
  readonly looked: string;
  readonly found: string;
  readonly isOnWindows: boolean;
}

/** What instances are found in; a component that does not read a part does not look at it. */
export interface SeenVersions {
  readonly cluster: ClusterIdentity;
  readonly nodes?: readonly NodeView[];
  readonly workloads?: readonly WorkloadFact[];
}

export interface Component {
  /** In a sentence, e.g. `the kubelet`. */
  readonly spoken: string;
  readonly reads: readonly ('nodes' | 'workloads')[] & readonly ViewName[];
  find(seen: SeenVersions): readonly Instance[];
  /** What it means that none is found: there is none, or the API does not show it. */
  readonly absent: 'not-applicable' | 'unknown';
}

const versionOf = (text: string): { readonly version?: Version } => {
  const version = readVersion(text);
  return version ? { version } : {};
};

const ofCluster = ({ cluster }: SeenVersions): Instance => ({
  subject: clusterSubject(cluster),
  ...versionOf(cluster.kubernetesVersion),
  source: 'API server',
  looked: 'GET /version',
  found: cluster.kubernetesVersion,
  isOnWindows: false,
});

const ofNodes =
  (field: string, textOf: (node: NodeView) => string | undefined) =>
  ({ nodes = [] }: SeenVersions): readonly Instance[] =>
    nodes.flatMap((node) => {
      const { name, role, operatingSystem } = node;
      const found = textOf(node);
      if (found === undefined) return [];
      const subject = { kind: 'Node', name, role, node: name };
      const text = found.replace(/^[a-z-]+:\/\//, '');
      return [{ subject, ...versionOf(text), source: `Node ${name}`, looked: field, found, isOnWindows: operatingSystem === 'windows' }];
    });

/** Every container whose image, or whose name where a distribution has one image for all, is the component's. */
const ofPods =
  (image: RegExp, container?: string) =>
  ({ workloads = [] }: SeenVersions): readonly Instance[] =>
    workloads.flatMap((workload) => {
      const isIts = (one: ContainerFact) => image.test(imageVersion(one.image).repository) || one.name === container;
      return workload.containers.filter(isIts).map((one) => {
        const { version } = imageVersion(one.image);
        return {
          subject: workloadSubject(workload),
          ...(version ? { version } : {}),
          source: named(workload),
          looked: `image of container ${one.name}`,
          found: one.image,
          isOnWindows: workload.os === 'windows',
        };
      });
    });

/** k3s is one process: what it runs of Kubernetes shows in no pod, and has its version. */
const isK3s = ({ cluster }: SeenVersions): boolean => /k3s/.test(readVersion(cluster.kubernetesVersion)?.vendor ?? '');
const kubeProxyPods = ofPods(/(^|\/)kube-proxy(-windows|-amd64|-arm64)?$/, 'kube-proxy');
const kubeProxyNodes = ofNodes('status.nodeInfo.kubeProxyVersion', ({ kubeProxyVersion }) => kubeProxyVersion || undefined);
const kubelets = ofNodes('status.nodeInfo.kubeletVersion', ({ kubeletVersion }) => kubeletVersion);
const controllerManagers = ofPods(/(^|\/)kube-controller-manager$/, 'kube-controller-manager');

const inPods = (spoken: string, image: RegExp, absent: Component['absent'] = 'not-applicable'): Component => ({
  spoken,
  reads: ['workloads'],
  find: ofPods(image),
  absent,
});

/** Where each component is found. */
export const components: Readonly<Record<ComponentId, Component>> = {
  'kube-apiserver': { spoken: 'the API server', reads: [], find: (seen) => [ofCluster(seen)], absent: 'unknown' },
  kubelet: { spoken: 'the kubelet', reads: ['nodes'], find: kubelets, absent: 'not-applicable' },
  'kube-proxy': {
    spoken: 'kube-proxy',
    reads: ['nodes', 'workloads'],
    // the node only repeats the version of the kubelet, and no longer since 1.33: the image goes before it
    find: (seen) => {
      const pods = kubeProxyPods(seen);
      if (pods.length > 0) return pods;
      return isK3s(seen) ? kubelets(seen) : kubeProxyNodes(seen);
    },
    absent: 'not-applicable',
  },
  'kube-controller-manager': {
    spoken: 'the controller manager',
    reads: ['workloads'],
    find: (seen) => (isK3s(seen) ? [ofCluster(seen)] : controllerManagers(seen)),
    absent: 'unknown',
  },
  containerd: {
    spoken: 'containerd',
    reads: ['nodes'],
    find: ofNodes('status.nodeInfo.containerRuntimeVersion', ({ containerRuntime }) =>
      containerRuntime.startsWith('containerd://') ? containerRuntime : undefined,
    ),
    absent: 'not-applicable',
  },
  etcd: inPods('etcd', /(^|\/)(hardened-)?etcd$/, 'unknown'),
  coredns: inPods('CoreDNS', /(^|\/)((mirrored|hardened)-)?(coredns-)?coredns$/),
  'ingress-nginx': inPods('ingress-nginx', /(ingress-nginx\/controller(-chroot)?|(^|\/)nginx-ingress-controller)$/),
  'secrets-store-csi': inPods('the CSI driver for stores of Secrets', /(csi-secrets-store\/driver|(^|\/)secrets-store-csi-driver)$/),
  'azurefile-csi': inPods('the CSI driver for Azure Files', /(^|\/)azurefile-csi$/),
  'nfs-csi': inPods('the CSI driver for NFS', /(^|\/)nfsplugin$/),
  'smb-csi': inPods('the CSI driver for SMB', /(^|\/)smbplugin$/),
};
