import { type Slice, seen } from '../../core/facts/index.ts';
import type { GateNode, GatePod } from '../../core/gate/index.ts';
import type { ClusterAccess, KubeletAddress } from '../../ports/cluster-access.ts';
import { byText, given, readAll } from '../configuration/listing.ts';
import { commonOf } from '../configuration/nodes.ts';
import { tagOf } from './images.ts';
import { listings } from './listings.ts';
import { Node, NodeLease } from './node-schema.ts';
import { millicores, wholeUnits } from './quantity.ts';

/** The nodes, and where their kubelets are. */
export interface ObservedNodes {
  readonly nodes: readonly GateNode[];
  readonly kubelets: readonly KubeletAddress[];
}

/** Labels by which the common ways to run nodes name the pool of one. */
const poolLabels = [
  'node.cluster.x-k8s.io/pool',
  'cluster.x-k8s.io/deployment-name',
  'karpenter.sh/nodepool',
  'eks.amazonaws.com/nodegroup',
  'cloud.google.com/gke-nodepool',
  'kubernetes.azure.com/agentpool',
] as const;
const badWhenTrue = ['MemoryPressure', 'DiskPressure', 'PIDPressure', 'NetworkUnavailable'];

const poolOf = ({ labels, annotations }: Node['metadata']): string | undefined => {
  const byLabel = poolLabels.map((label) => labels?.[label]).find(Boolean);
  const byOwner = annotations['cluster.x-k8s.io/owner-kind'] === 'MachineSet' ? annotations['cluster.x-k8s.io/owner-name'] : undefined;
  // a MachineSet is called after its MachineDeployment, with a hash behind it
  return byLabel ?? byOwner?.replace(/-[a-z0-9]+$/, '');
};

const nodeOf = ({ metadata, spec, status }: Node): GateNode => {
  const { name, role, ready } = commonOf({
    metadata: { name: metadata.name, labels: metadata.labels ?? {} },
    status: { ...status, nodeInfo: { ...status.nodeInfo, operatingSystem: '' } },
  });
  const { nodeInfo, allocatable } = status;
  return given<GateNode>({
    uid: metadata.uid,
    name,
    role,
    pool: poolOf(metadata),
    createdAt: metadata.creationTimestamp ?? '',
    ready,
    pressure: (status.conditions ?? []).filter((one) => one.status !== 'False' && badWhenTrue.includes(one.type)).map(({ type }) => type),
    cordoned: spec?.unschedulable ?? false,
    taints: (spec?.taints ?? []).map(({ key, value, effect }) => given({ key, value: value || undefined, effect })),
    labels: metadata.labels ?? {},
    annotations: metadata.annotations,
    kubeletVersion: nodeInfo.kubeletVersion,
    kubeProxyVersion: nodeInfo.kubeProxyVersion || undefined,
    containerRuntime: nodeInfo.containerRuntimeVersion,
    osImage: nodeInfo.osImage,
    kernelVersion: nodeInfo.kernelVersion,
    providerID: spec?.providerID || undefined,
    allocatableCpu: millicores(allocatable?.cpu),
    allocatableMemory: wholeUnits(allocatable?.memory),
    allocatablePods: wholeUnits(allocatable?.pods),
    declaredFeatures: status.declaredFeatures ?? [],
    leaseRenewedAt: undefined,
  });
};

const addressesOf = ({ status }: Node): readonly string[] =>
  (status.addresses ?? []).filter(({ type }) => type === 'InternalIP').map(({ address }) => address);

const observeRenewals = async (access: ClusterAccess): Promise<ReadonlyMap<string, string>> => {
  const leases = await readAll(access, listings.leases, NodeLease, ({ metadata, spec }) => [metadata.name, spec?.renewTime ?? ''] as const);
  return new Map(leases.read ? leases.value.filter(([, at]) => at !== '') : []);
};

/** All nodes, by name. Leases only add to them: who may not list those learns the rest all the same. */
export const observeGateNodes = async (access: ClusterAccess): Promise<Slice<ObservedNodes>> => {
  const [nodes, renewals] = await Promise.all([
    readAll(access, listings.nodes, Node, (node) => ({
      node: nodeOf(node),
      addresses: addressesOf(node),
      port: node.status.daemonEndpoints?.kubeletEndpoint?.Port || 10250,
    })),
    observeRenewals(access),
  ]);
  if (!nodes.read) return nodes;
  const sorted = nodes.value.toSorted((a, b) => byText(a.node.name, b.node.name));
  return seen({
    nodes: sorted.map(({ node }) => given<GateNode>({ ...node, leaseRenewedAt: renewals.get(node.name) })),
    kubelets: sorted.map(({ node: { name }, addresses, port }) => ({ node: name, addresses, port })),
  });
};

/** The nodes with the version of kube-proxy that really runs there: what a kubelet reports of it is its own version, and newer ones report nothing. */
export const withKubeProxies = (nodes: readonly GateNode[], pods: readonly GatePod[]): readonly GateNode[] => {
  const versions = new Map<string, string>();
  for (const { namespace, node, images } of pods) {
    const image = namespace === 'kube-system' ? images.find((one) => /\/kube-proxy(?:-[a-z0-9]+)?[:@]/.test(one)) : undefined;
    const version = image && tagOf(image);
    if (node && version) versions.set(node, version);
  }
  return nodes.map((node) => ({ ...node, ...given({ kubeProxyVersion: versions.get(node.name) ?? node.kubeProxyVersion }) }));
};
