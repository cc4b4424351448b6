import { z } from 'zod';
import { readGateVersion } from '../core/gate/version.ts';

/** Release systems that ask; `api` is whoever calls the API itself. */
export const pipelineSystems = [
  'github',
  'gitlab',
  'azure',
  'jenkins',
  'argocd',
  'tekton',
  'cluster-api',
  'flux',
  'webhook',
  'api',
] as const;
export const PipelineSystem = z.enum(pipelineSystems).meta({ id: 'PipelineSystem', description: 'Which release system asked.' });
export type PipelineSystem = z.infer<typeof PipelineSystem>;

const line = (most: number, what: string) =>
  z
    .string()
    .min(1)
    .max(most)
    // control and format characters make two names look alike
    .regex(/^[^\p{C}\p{Zl}\p{Zp}]+$/u, 'must not hold control characters')
    .describe(what);

/** Digits, as text: larger than numbers hold exactly, and never reused for another repository. */
export const NumericId = z.string().regex(/^[1-9]\d{0,19}$/, 'must be digits');

export const TargetVersion = z
  .string()
  .max(64)
  // a pattern beside the rule, so that who reads the JSON Schema knows it, too
  .regex(/^v?\d+\.\d+\.\d+([-+][0-9A-Za-z.+-]*)?$/, 'must be a whole version such as v1.36.3')
  .refine((text) => readGateVersion(text) !== undefined, 'must be a whole version such as v1.36.3')
  .meta({ id: 'TargetVersion', description: 'Version to upgrade to, such as `v1.36.3`.' });

export const EvaluationSource = z
  .strictObject({
    system: PipelineSystem,
    repository: line(256, 'Repository, project or object that asks, as people name it').optional(),
    repositoryId: line(256, 'The same, as an id that is never given to another').optional(),
    environment: line(256, 'Environment of the deployment').optional(),
    run: line(256, 'Run, pipeline or deployment').optional(),
    ref: line(256, 'Branch or tag').optional(),
    sha: line(64, 'Commit').optional(),
    actor: line(256, 'Who started it there').optional(),
  })
  .meta({ id: 'EvaluationSource', description: 'Pipeline, run and commit that ask.' });
export type EvaluationSource = z.infer<typeof EvaluationSource>;

const connection = line(64, 'Name of the configured connection whose hosts and keys are used');
export const WebhookCallback = z
  .strictObject({
    type: z.literal('webhook'),
    url: z
      .url({ protocol: /^https$/ })
      .max(2048)
      .describe('Where the evaluation is sent; its host must be allowed'),
  })
  .meta({ id: 'WebhookCallback', description: 'The evaluation is sent there, signed.' });

/** Where the answer goes. No host in it besides that of a webhook: the others are rebuilt from configuration and ids. */
export const EvaluationCallback = z.discriminatedUnion('type', [
  WebhookCallback,
  z.strictObject({
    type: z.literal('github'),
    connection,
    repository: z.string().regex(/^[A-Za-z0-9-]{1,100}\/(?!\.{1,2}$)[A-Za-z0-9._-]{1,100}$/),
    repositoryId: NumericId,
    installationId: NumericId,
    runId: NumericId,
    environment: line(256, 'Environment that waits'),
  }),
  z.strictObject({
    type: z.literal('gitlab-status'),
    connection,
    projectId: NumericId,
    mergeRequest: NumericId,
    checkId: NumericId,
    sha: z.string().regex(/^[0-9a-f]{40,64}$/),
  }),
  z.strictObject({
    type: z.literal('gitlab-deployment'),
    connection,
    projectId: NumericId,
    deploymentId: NumericId,
    playId: NumericId.nullable(),
  }),
  z.strictObject({
    type: z.literal('azure'),
    connection,
    collection: z.url({ protocol: /^https$/ }),
    projectId: z.guid(),
    hub: z.string().regex(/^[A-Za-z]{1,32}$/),
    planId: z.guid(),
    jobId: z.guid(),
    taskId: z.guid(),
  }),
  z.strictObject({ type: z.literal('flux'), connection }),
]);
export type EvaluationCallback = z.infer<typeof EvaluationCallback>;
export type CallbackOf<Type extends EvaluationCallback['type']> = Extract<EvaluationCallback, { type: Type }>;

const asked = {
  cluster: line(256, 'Name or id of the cluster'),
  action: z.literal('upgrade').default('upgrade'),
  target: z.strictObject({ kubernetesVersion: TargetVersion }),
  policy: line(64, 'Name of the policy; default: the one of the cluster').optional(),
  maxEvidenceAge: z
    .string()
    .regex(/^(?=\d)(\d{1,5}h)?(\d{1,5}m)?(\d{1,5}s)?$/, 'must be a length such as 1h or 30m')
    .optional()
    .describe('How old evidence may be at most, such as `1h`; never more than the policy allows'),
};
const key = (most: number) =>
  z
    .string()
    .regex(new RegExp(`^[\\x21-\\x7e]{1,${most}}$`), `must be 1–${most} visible ASCII characters`)
    .describe('The same key for the same cluster, action and target answers the same evaluation');

/** One question to the gate, whoever asked and however. */
export const EvaluationRequest = z
  .strictObject({ ...asked, idempotencyKey: key(256), source: EvaluationSource, callback: EvaluationCallback.optional() })
  .meta({ id: 'EvaluationRequest', description: 'A question to the gate.' });
export type EvaluationRequest = z.infer<typeof EvaluationRequest>;

/** What a caller may say by itself: who asks is known from its token, and answers go nowhere but to allowed webhooks. */
export const EvaluationAsk = z
  .strictObject({
    ...asked,
    // shorter than what it becomes: who asks is put in front of it
    idempotencyKey: key(128).optional(),
    source: EvaluationSource.partial({ system: true }).optional(),
    callback: WebhookCallback.optional(),
  })
  .meta({ id: 'EvaluationAsk', description: 'May this cluster go to that version now?' });
export type EvaluationAsk = z.infer<typeof EvaluationAsk>;
