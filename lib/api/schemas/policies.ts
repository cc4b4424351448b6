import { z } from 'zod';
import { ClusterId, isoTime } from '../../fleet/common.ts';
import { PolicyHead, PolicyName, PolicyVersion } from '../../fleet/gate-policy.ts';
import { Verdict } from '../../gate/evaluation.ts';
import { InProject } from './shared.ts';

export { PolicyHead, PolicyVersion } from '../../fleet/gate-policy.ts';
export { InProject } from './shared.ts';

const versionNumber = z.int().min(1).max(1_000_000);
export const OfPolicy = InProject.extend({ policyName: PolicyName });
export const OfPolicyVersion = OfPolicy.extend({
  version: z.coerce.number().int().min(1).max(1_000_000).describe('Number of the version, from 1.'),
});

const policyOverview = z
  .object({
    name: PolicyName,
    description: z.string().optional().describe('What the document says of itself; of built-in policies.'),
    builtIn: z.boolean().describe('Whether it comes with Gatehouse; such a policy is never changed, and needs no activation.'),
    latest: PolicyHead.shape.latest.optional(),
    active: PolicyHead.shape.active,
    createdAt: PolicyHead.shape.createdAt.optional(),
    changedAt: PolicyHead.shape.changedAt.optional(),
  })
  .meta({ id: 'PolicyOverview', description: 'A policy that may decide.' });
export const Policies = z.object({
  items: z.array(policyOverview).describe('Built-in policies first, then those of the project by name.'),
});

const document = z
  .string()
  .min(1)
  .max(128 * 1024)
  .describe('The document, YAML or JSON, at most 128 KiB; its name is `metadata.name`.');
export const PolicyText = z.strictObject({ document });

export const PolicyStored = PolicyVersion.omit({ document: true })
  .extend({ isNew: z.boolean().describe('False when it is the newest version, letter for letter, so that none was made.') })
  .meta({ id: 'PolicyStored', description: 'What became of a document that was stored.' });

const versionOverview = PolicyVersion.pick({ version: true, sha256: true, createdAt: true, createdBy: true }).meta({
  id: 'PolicyVersionOverview',
  description: 'A version of a policy without its document.',
});
export const PolicyWithVersions = policyOverview
  .extend({
    document: z.string().optional().describe('What decides: the document of the active version; of a policy without one the newest.'),
    versions: z.array(versionOverview).describe('Newest first; none of a built-in policy.'),
  })
  .meta({ id: 'PolicyWithVersions', description: 'A policy and its versions.' });

export const Activation = z.strictObject({ version: versionNumber.describe('The version that decides from now on.') });

export const PolicyTrial = z
  .strictObject({
    version: versionNumber.optional().describe('A stored version; the newest when neither it nor a document is given.'),
    document: document.optional().describe('A document that need not be stored; its name must be that of the path.'),
    clusterId: ClusterId.optional().describe('Only evaluations of this cluster.'),
    evaluations: z.int().min(1).max(50).default(20).describe('How many of the newest evaluations it is tried against at most.'),
  })
  .refine(({ version, document }) => version === undefined || document === undefined, {
    path: ['document'],
    message: 'must not be given together with a version',
  })
  .meta({ id: 'PolicyTrial', description: 'What is tried, and against what.' });

const triedEvaluation = z
  .object({
    id: z.string().describe('Id of the evaluation.'),
    cluster: z.string().describe('Name of the cluster.'),
    target: z.string().describe('The version that was asked for.'),
    evaluatedAt: isoTime('When it was made'),
    before: Verdict.describe('What was decided.'),
    after: z
      .enum([...Verdict.options, 'not-concerned'])
      .describe('What would have been decided; `not-concerned`: the policy is not about this cluster.'),
    changes: z.boolean().describe('Whether the verdict would be another.'),
    why: z.array(z.string()).describe('Why, one sentence each.'),
  })
  .meta({ id: 'TriedEvaluation', description: 'What another policy would have decided, at the time of the evaluation.' });
export const TriedEvaluations = z.object({
  items: z.array(triedEvaluation).describe('Newest first.'),
  skipped: z
    .int()
    .describe('Evaluations that could not be tried: what they judged is gone, was written by another version, or the time was up.'),
});
