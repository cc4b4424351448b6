import type { DisruptionBudget, GatePod } from '../../core/gate/index.ts';
import { selects } from '../../core/label-selector.ts';
import { isMoved } from './moved.ts';

/** The budgets that guard a pod. */
export const budgetsOf = (pod: Pick<GatePod, 'namespace' | 'labels'>, budgets: readonly DisruptionBudget[]): readonly DisruptionBudget[] =>
  budgets.filter(({ namespace, selector }) => namespace === pod.namespace && selects(selector, pod.labels));

/** Finds the budgets of many pods without comparing each pod with the budgets of other namespaces. */
export const budgetFinder = (budgets: readonly DisruptionBudget[]): ((pod: GatePod) => readonly DisruptionBudget[]) => {
  const byNamespace = Map.groupBy(budgets, ({ namespace }) => namespace);
  return (pod) => budgetsOf(pod, byNamespace.get(pod.namespace) ?? []);
};

/** Whether the eviction of a pod is refused by its one budget, in the order in which the API server asks: is it ready, then what the budget allows. */
const isRefused = ({ ready }: GatePod, budget: DisruptionBudget): boolean => {
  if (!ready) {
    if (budget.unhealthyPodEvictionPolicy === 'AlwaysAllow') return false;
    if (budget.desiredHealthy > 0 && budget.currentHealthy >= budget.desiredHealthy) return false;
  }
  return budget.disruptionsAllowed <= 0;
};

/** A pod that evictions leave where it is, and the budgets that see to it. */
export interface RefusedEviction {
  readonly pod: GatePod;
  /** One that allows nothing, or several: the API server evicts no pod that has more than one. */
  readonly budgets: readonly DisruptionBudget[];
}

/** What keeps a drain from taking a pod; undefined when nothing does. */
export const refusalOf = (pod: GatePod, budgets: readonly DisruptionBudget[]): RefusedEviction | undefined => {
  const [first, ...others] = budgets;
  if (first === undefined || pod.phase === 'Pending' || !isMoved(pod)) return undefined;
  return others.length > 0 || isRefused(pod, first) ? { pod, budgets } : undefined;
};

/** Every pod that no drain can take as budgets stand now. */
export const refusedEvictions = (pods: readonly GatePod[], budgets: readonly DisruptionBudget[]): readonly RefusedEviction[] => {
  const find = budgetFinder(budgets);
  return pods.flatMap((pod) => (pod.node === undefined ? [] : (refusalOf(pod, find(pod)) ?? [])));
};
