import type { DisruptionBudget, GateNode, GatePod } from '../../core/gate/index.ts';
import { budgetFinder, refusalOf } from './budgets.ts';
import { podsMovedFrom } from './moved.ts';

/** Finalizers that Kubernetes sets and takes away by itself. */
const ownFinalizers = new Set(['batch.kubernetes.io/job-tracking', 'foregroundDeletion', 'orphan']);

/** Finalizers that keep a deleted pod until some other program has taken them away. */
export const foreignFinalizers = ({ finalizers }: Pick<GatePod, 'finalizers'>): readonly string[] =>
  finalizers.filter((name) => !ownFinalizers.has(name));

/** Why a drain of a node does not end, or does not end well, for one pod. */
export interface Blocker {
  readonly pod: GatePod;
  /** `budget`: evictions are refused · `several-budgets`: they answer with an error · `finalizer`: the pod stays after its deletion · `naked`: nobody starts it again. */
  readonly kind: 'budget' | 'several-budgets' | 'finalizer' | 'naked';
  /** Budgets as `namespace/name`, or finalizers; empty for a naked pod. */
  readonly by: readonly string[];
}

const blockersOfPod = (pod: GatePod, budgets: readonly DisruptionBudget[]): readonly Blocker[] => {
  const refusal = refusalOf(pod, budgets);
  const finalizers = foreignFinalizers(pod);
  return [
    ...(refusal
      ? [
          {
            pod,
            kind: refusal.budgets.length > 1 ? ('several-budgets' as const) : ('budget' as const),
            by: refusal.budgets.map(({ namespace, name }) => `${namespace}/${name}`),
          },
        ]
      : []),
    ...(finalizers.length > 0 ? [{ pod, kind: 'finalizer' as const, by: finalizers }] : []),
    ...(pod.owner === undefined ? [{ pod, kind: 'naked' as const, by: [] }] : []),
  ];
};

/** What is in the way of draining one node. For many nodes hand over the pods of that node only (`podsMovedByNode`). */
export const blockersOf = (
  node: Pick<GateNode, 'name'>,
  { pods, budgets }: { readonly pods: readonly GatePod[]; readonly budgets: readonly DisruptionBudget[] },
): readonly Blocker[] => {
  const find = budgetFinder(budgets);
  return podsMovedFrom(node, pods).flatMap((pod) => blockersOfPod(pod, find(pod)));
};
