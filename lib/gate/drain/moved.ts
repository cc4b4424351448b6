import type { GateNode, GatePod } from '../../core/gate/index.ts';

/** Label by which a pod takes itself out of the drains of Cluster API (`skip`), or asks them to wait for its end (`wait-completed`). */
const drainLabel = 'cluster.x-k8s.io/drain';

/** Whether draining its node takes a pod away. Mirror pods and pods of DaemonSets stay until the node itself goes. */
export const isMoved = ({ isMirror, owner, labels }: Pick<GatePod, 'isMirror' | 'owner' | 'labels'>): boolean =>
  !isMirror && owner?.kind !== 'DaemonSet' && labels[drainLabel] !== 'skip';

/** Pods that a drain of a node takes away, to be started elsewhere by what owns them. */
export const podsMovedFrom = (node: Pick<GateNode, 'name'>, pods: readonly GatePod[]): readonly GatePod[] =>
  pods.filter((pod) => pod.node === node.name && isMoved(pod));

/** The same for every node at once: a pass over the pods, not one per node. */
export const podsMovedByNode = (pods: readonly GatePod[]): ReadonlyMap<string, readonly GatePod[]> => {
  const moved = pods.filter((pod): pod is GatePod & { readonly node: string } => pod.node !== undefined && isMoved(pod));
  return Map.groupBy(moved, ({ node }) => node);
};

/** Made once: a comparison that makes its own takes a hundred times as long. */
const { compare: byText } = new Intl.Collator('en', { numeric: true });

/** Nodes in the order in which they are upgraded or replaced: the control plane first, then pool by pool. */
export const inRepaveOrder = (nodes: readonly GateNode[]): readonly GateNode[] => {
  const rank = ({ role }: GateNode) => (role === 'control-plane' ? 0 : 1);
  return nodes.toSorted((a, b) => rank(a) - rank(b) || byText(a.pool ?? '', b.pool ?? '') || byText(a.name, b.name));
};
