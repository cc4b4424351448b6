import type { GateFacts } from '../../core/gate/index.ts';
import type { Waiver } from '../../reports/waiver.ts';
import type { Evaluation, Verdict } from '../evaluation.ts';
import { type CompiledPolicy, concernsCluster } from '../policy/compile.ts';
import type { RuleRunner } from '../policy/run-rules.ts';
import type { ScanSeen } from '../policy/scan-seen.ts';
import { evaluate } from './evaluate.ts';
import { explain } from './explain.ts';
import type { Override } from './override.ts';

/** An evaluation that was made, with what it judged. */
export interface PastEvaluation {
  readonly evaluation: Evaluation;
  readonly facts: GateFacts;
  readonly scans: readonly ScanSeen[];
  readonly waivers: readonly Waiver[];
  readonly overrides: readonly Override[];
  readonly tags: Readonly<Record<string, string>>;
}

/** What another policy would have said. */
export interface TriedEvaluation {
  readonly id: string;
  readonly cluster: string;
  readonly target: string;
  readonly before: Verdict;
  /** `not-concerned`: the policy is not about this cluster. */
  readonly after: Verdict | 'not-concerned';
  readonly changes: boolean;
  /** Why, one sentence each. */
  readonly why: readonly string[];
}

const tryOne = async (policy: CompiledPolicy, past: PastEvaluation, rules: RuleRunner): Promise<TriedEvaluation> => {
  const { evaluation, facts, scans, waivers, overrides, tags } = past;
  const { id, cluster, target, verdict: before } = evaluation;
  const about = { id, cluster: cluster.name, target, before };
  if (!concernsCluster(policy.policy, { name: cluster.name, tags }))
    return { ...about, after: 'not-concerned', changes: false, why: [`The policy is not about the cluster ${cluster.name}.`] };
  const again = await evaluate(
    {
      id,
      policy,
      facts,
      current: evaluation.current,
      target,
      scans,
      waivers,
      overrides,
      tags,
      plan: evaluation.plan,
      requestedBy: evaluation.requestedBy,
      source: evaluation.source,
      tool: evaluation.tool,
      now: evaluation.evaluatedAt,
    },
    rules,
  );
  return {
    ...about,
    after: again.verdict,
    changes: again.verdict !== before,
    why: [...explain(evaluation, again), ...(again.verdict === 'error' ? [again.summary] : [])],
  };
};

/** Tries a policy against evaluations of the past, at the time they were made: whose verdict would be another, and why. */
export const policyTest = async (
  policy: CompiledPolicy,
  past: readonly PastEvaluation[],
  rules: RuleRunner,
): Promise<readonly TriedEvaluation[]> => {
  const tried: TriedEvaluation[] = [];
  for (const one of past) tried.push(await tryOne(policy, one, rules));
  return tried;
};
