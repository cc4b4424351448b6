import type { NodeFact, Slice } from '../../core/facts/index.ts';
import type { ClusterAccess } from '../../ports/cluster-access.ts';
import { Node } from './control-plane-schema.ts';
import { byText, type Listing, readAll } from './listing.ts';

export const nodeListing: Listing = {
  group: '',
  version: 'v1',
  resource: 'nodes',
  feeds: ['nodes', 'kubelets'],
  purpose: 'nodes, their roles and addresses',
};

/** Labels that make a node part of the control plane: today's, and the one of clusters before Kubernetes 1.20. */
const controlPlaneLabels = ['node-role.kubernetes.io/control-plane', 'node-role.kubernetes.io/master'];
const defaultKubeletPort = 10250;

/** What every scan wants to know of a node. */
export const commonOf = ({ metadata, status }: Pick<Node, 'metadata' | 'status'>) => ({
  name: metadata.name,
  role: controlPlaneLabels.some((label) => label in metadata.labels) ? ('control-plane' as const) : ('worker' as const),
  ready: status.conditions?.some(({ type, status: state }) => type === 'Ready' && state === 'True') ?? false,
  kubeletPort: status.daemonEndpoints?.kubeletEndpoint?.Port || defaultKubeletPort,
});

const nodeOf = ({ metadata, spec, status }: Node): NodeFact => ({
  ...commonOf({ metadata, status }),
  ...(spec?.unschedulable === true && { cordoned: true }),
  kubeletVersion: status.nodeInfo.kubeletVersion,
  osImage: status.nodeInfo.osImage,
  operatingSystem: status.nodeInfo.operatingSystem,
  containerRuntime: status.nodeInfo.containerRuntimeVersion,
  addresses: (status.addresses ?? []).filter(({ type }) => type === 'InternalIP').map(({ address }) => address),
});

/** All nodes, by name. */
export const observeNodes = async (access: ClusterAccess): Promise<Slice<readonly NodeFact[]>> => {
  const nodes = await readAll(access, nodeListing, Node, nodeOf);
  return nodes.read ? { read: true, value: nodes.value.toSorted((a, b) => byText(a.name, b.name)) } : nodes;
};
