import type { NodeFact } from '../core/facts/index.ts';
import { type Failure, type Result, succeed } from '../core/failure.ts';
import type { ClusterHealth } from '../fleet/cluster.ts';
import type { ClusterAccess } from '../ports/cluster-access.ts';
import { observeNodes } from '../scanners/configuration/nodes.ts';
import { type Identified, identify } from './identify.ts';

/** A node as it was seen. */
export interface SeenNode extends Pick<NodeFact, 'name' | 'role' | 'kubeletVersion' | 'ready'> {
  /** In maintenance: nothing new is placed on it. */
  readonly cordoned: boolean;
}

/** Which cluster answered, and what it is made of. */
export interface FoundCluster {
  /** UID of the namespace kube-system. */
  readonly uid: string;
  readonly kubernetesVersion: string;
  /** User name by which the API server knows the credential. */
  readonly actor: string;
  /** Absent when the credential may not list nodes: then nobody knows which there are. */
  readonly nodes?: readonly SeenNode[];
}

export interface ClusterLook {
  readonly health: ClusterHealth;
  /** Absent when the cluster could not be told. */
  readonly found?: FoundCluster;
  /** Why the cluster could not be told; its sentence is the reason of the health, too. */
  readonly failure?: Failure;
}

/** Nodes that are named at most; the number of all stays. */
const shown = 20;

/** Looks at a cluster: who it is, whether its nodes are ready, and which are in maintenance. What goes wrong is an answer, too: a health with its reason. */
export const lookAtCluster = async (access: ClusterAccess, now: string): Promise<Result<ClusterLook>> => {
  const identified = await identify(access, undefined);
  if (!identified.ok) return succeed({ health: notTold(identified.failure, now), failure: identified.failure });
  const { cluster, actor } = identified.value;
  const found = { uid: cluster.id, kubernetesVersion: cluster.kubernetesVersion, actor };
  const read = await observeNodes(access);
  if (!read.read) return succeed({ health: nodesUnread(identified.value, read.reason, now), found });
  const nodes = read.value.map(({ name, role, kubeletVersion, ready, cordoned = false }) => ({
    name,
    role,
    kubeletVersion,
    ready,
    cordoned,
  }));
  return succeed({ health: healthOf(nodes, cluster.kubernetesVersion, now), found: { ...found, nodes } });
};

/** A right that is missing is an answer of the cluster; everything else is none. */
const notTold = ({ code, say }: Failure, now: string): ClusterHealth =>
  code === 'permission-missing'
    ? { state: 'unknown', checkedAt: now, lastContactAt: now, reason: say }
    : { state: 'unreachable', checkedAt: now, reason: say };

const nodesUnread = ({ cluster }: Identified, why: string, now: string): ClusterHealth => ({
  state: 'unknown',
  checkedAt: now,
  lastContactAt: now,
  reason: `Its nodes could not be looked at. ${why}`,
  kubernetesVersion: cluster.kubernetesVersion,
});

const healthOf = (nodes: readonly SeenNode[], kubernetesVersion: string, now: string): ClusterHealth => {
  const notReady = nodes.filter(({ ready }) => !ready).map(({ name }) => name);
  const cordoned = nodes.filter((node) => node.cordoned).map(({ name }) => name);
  const reason = nodes.length === 0 ? 'It has no nodes, so nothing can run on it.' : whyUnhealthy(notReady, nodes.length);
  return {
    state: reason === undefined ? 'healthy' : 'unhealthy',
    checkedAt: now,
    lastContactAt: now,
    ...(reason !== undefined && { reason }),
    kubernetesVersion,
    nodes: nodes.length,
    notReady: notReady.slice(0, shown),
    cordoned: cordoned.slice(0, shown),
  };
};

const whyUnhealthy = (notReady: readonly string[], all: number): string | undefined => {
  if (notReady.length === 0) return undefined;
  const more = notReady.length > shown ? ` and ${notReady.length - shown} more` : '';
  return `${notReady.length} of ${all} nodes ${notReady.length === 1 ? 'is' : 'are'} not ready: ${notReady.slice(0, shown).join(', ')}${more}.`;
};
