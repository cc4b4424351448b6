import { z } from 'zod';
import { failed, type Result, succeed } from '../../core/failure.ts';
import type { EvaluationRequest } from '../../gate/request.ts';
import { PipelineSystem, TargetVersion } from '../../gate/request.ts';

/** Which cluster a deployment means. Written by administrators; everything is compared exactly. */
export const PipelineRule = z
  .strictObject({
    system: PipelineSystem,
    from: z
      .string()
      .min(1)
      .max(256)
      .describe(
        'Who asks: the numeric id of the repository (GitHub) or project (GitLab), the id of the project (Azure), `namespaces/<ns>/triggers/<name>` (Tekton), `<namespace>/<name>` (Cluster API), `<Kind>/<namespace>/<name>` (Flux)',
      ),
    environment: z.string().min(1).max(256).optional().describe('Environment, or name of a GitLab status check; absent: any'),
    cluster: z.string().min(1).max(256).describe('Name or id of the cluster'),
    target: TargetVersion.optional().describe('The one version it may ask for; absent: what the request says'),
    policy: z.string().min(1).max(64).optional(),
    maxEvidenceAge: z
      .string()
      .regex(/^(?=\d)(\d{1,5}h)?(\d{1,5}m)?(\d{1,5}s)?$/)
      .optional(),
  })
  .meta({ id: 'PipelineRule', description: 'Which cluster a deployment means.' });
export type PipelineRule = z.infer<typeof PipelineRule>;

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
