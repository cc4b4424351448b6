import type { DisruptionBudget } from '../../../core/gate/index.ts';
import { defineGateCheck, fails, type Named, namesText, passes } from '../../check.ts';
import { type RefusedEviction, refusedEvictions } from '../../drain/budgets.ts';
import { count } from '../../shared/words.ts';

const ruleOf = ({ minAvailable = 'not set', maxUnavailable }: DisruptionBudget): string =>
  maxUnavailable === undefined ? `minAvailable ${minAvailable}` : `maxUnavailable ${maxUnavailable}`;

/** What is wrong about one budget, given all that it refuses. */
const detailOf = (budget: DisruptionBudget, refused: readonly RefusedEviction[]): string => {
  const several = refused.find(({ budgets }) => budgets.length > 1);
  const alone = refused.filter(({ budgets }) => budgets.length === 1);
  const unready = alone.filter(({ pod }) => !pod.ready).length;
  return [
    ...(alone.length > 0
      ? [`${ruleOf(budget)}, ${budget.currentHealthy} of ${budget.desiredHealthy} healthy: lets none of ${count(alone.length, 'pod')} go`]
      : []),
    ...(unready > 0
      ? [`${unready} of them not ready, kept because unhealthyPodEvictionPolicy is ${budget.unhealthyPodEvictionPolicy ?? 'not set'}`]
      : []),
    ...(several ? [`shares pod ${several.pod.namespace}/${several.pod.name} with another budget`] : []),
  ].join('; ');
};

const namedBudgets = (refused: readonly RefusedEviction[]): readonly Named[] => {
  const pairs = refused.flatMap((one) => one.budgets.map((budget) => ({ budget, one })));
  const byBudget = Map.groupBy(pairs, ({ budget }) => budget);
  return [...byBudget].map(([budget, own]) => ({
    kind: 'PodDisruptionBudget',
    namespace: budget.namespace,
    name: budget.name,
    detail: detailOf(
      budget,
      own.map(({ one }) => one),
    ),
  }));
};

export const pdb = defineGateCheck({
  id: 'drain.pdb',
  category: 'drain',
  title: 'Every disruption budget lets its pods go',
  severity: 'critical',
  why: 'Each node is drained by evictions; a budget that allows none, or two budgets on one pod, leave the drain waiting for ever.',
  repair: 'Add replicas, bring unready pods back, or loosen the budget (`maxUnavailable: 1`); give each pod one budget only.',
  links: ['https://kubernetes.io/docs/tasks/run-application/configure-pdb/'],
  reads: ['pods', 'budgets'],
  evaluate: ({ pods, budgets }) => {
    if (budgets.length === 0) return passes('No disruption budget is set.');
    const refused = refusedEvictions(pods, budgets);
    if (refused.length === 0) return passes(`${count(budgets.length, 'disruption budget')} let their pods go.`);
    const named = namedBudgets(refused);
    return fails(`Evictions of ${count(refused.length, 'pod')} are refused by disruption budgets: ${namesText(named)}.`, named);
  },
});
