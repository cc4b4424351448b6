import { failed, type Result, succeed } from '../../core/failure.ts';
import type { PipelineRule } from '../../gate/pipeline-rule.ts';
import { type EvaluationRequest, TargetVersion } from '../../gate/request.ts';

export { PipelineRule } from '../../gate/pipeline-rule.ts';

/** What a request says of itself. */
export interface Wanted {
  readonly system: PipelineRule['system'];
  readonly from: string;
  readonly environment?: string | undefined;
  /** A version the request names. */
  readonly target?: string | undefined;
}

/** What the rule makes of it: a part of the evaluation request. The first rule that fits decides. */
export const meaning = (
  rules: readonly PipelineRule[],
  { system, from, environment, target }: Wanted,
): Result<Pick<EvaluationRequest, 'cluster' | 'action' | 'target' | 'policy' | 'maxEvidenceAge'>> => {
  const rule = rules.find(
    (one) => one.system === system && one.from === from && (one.environment === undefined || one.environment === environment),
  );
  const who = environment === undefined ? `${system} ${from}` : `the environment ${environment} of ${system} ${from}`;
  if (!rule) return failed('not-found', `No rule says which cluster ${who} means; ask an administrator to add one.`);
  if (rule.target !== undefined && target !== undefined && rule.target !== target)
    return failed('permission-missing', `${who} may ask for ${rule.target} only; correct the version, or have the rule changed.`);
  const version = rule.target ?? target;
  if (version === undefined || !TargetVersion.safeParse(version).success)
    return failed('input-invalid', `The request of ${who} names no whole version such as v1.36.3; send one, or have the rule name it.`);
  return succeed({
    cluster: rule.cluster,
    action: 'upgrade',
    target: { kubernetesVersion: version },
    ...(rule.policy === undefined ? {} : { policy: rule.policy }),
    ...(rule.maxEvidenceAge === undefined ? {} : { maxEvidenceAge: rule.maxEvidenceAge }),
  });
};
