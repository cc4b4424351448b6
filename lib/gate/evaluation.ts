import { z } from 'zod';
import { Severity } from '../core/outcome.ts';
import { ScanKind } from '../reports/report.ts';
import { categories } from './check.ts';

/** From worst to best: the worst of all that speaks decides. */
export const verdicts = ['deny', 'error', 'pending', 'warn', 'allow'] as const;
export const Verdict = z.enum(verdicts).meta({
  id: 'Verdict',
  description:
    '`deny`: not now, and the checks say why · `error`: the evaluation itself could not be made · `pending`: evidence is on its way · `warn`: allowed, and something should be looked at · `allow`.',
});
export type Verdict = z.infer<typeof Verdict>;

/** Whether the upgrade may begin. */
export const isAllowed = (verdict: Verdict): boolean => verdict === 'allow' || verdict === 'warn';

const time = (what: string) => z.string().describe(`${what}; ISO 8601, UTC`);

export const ResourceName = z
  .object({
    kind: z.string(),
    apiVersion: z.string().optional(),
    namespace: z.string().optional(),
    name: z.string(),
    detail: z.string().optional().describe('What is wrong about it, in a few words'),
  })
  .meta({ id: 'ResourceName', description: 'An object that is in the way.' });

export const EvaluationCheck = z
  .object({
    id: z.string().describe('`<category>.<name>`, or `rule.<id>` for a rule of the policy'),
    category: z.enum([...categories, 'rule']),
    title: z.string().describe('What holds when it passes'),
    outcome: z.enum(['pass', 'fail', 'unknown', 'not-applicable', 'error', 'manual']),
    required: z.boolean().describe('Whether it denies when it does not pass; else it warns'),
    severity: Severity,
    message: z.string().describe('One sentence that names what is in the way'),
    resources: z.array(ResourceName),
    why: z.string(),
    repair: z.string(),
    links: z.array(z.string()),
    evidenceAt: time('When what it judges was observed'),
    waiver: z
      .object({ id: z.string(), reason: z.string(), owner: z.string(), approver: z.string(), expires: z.string() })
      .nullable()
      .describe('The waiver that accepts it: then it does not count, and is shown all the same'),
  })
  .meta({ id: 'EvaluationCheck', description: 'What one check says of the upgrade.' });
export type EvaluationCheck = z.infer<typeof EvaluationCheck>;

export const EvidenceUsed = z
  .object({
    kind: ScanKind,
    scanId: z.string(),
    completedAt: time('When the scan was completed'),
    reportSha256: z.string().describe('SHA-256 of its report.json'),
    benchmark: z.string().optional(),
  })
  .meta({ id: 'EvidenceUsed', description: 'A scan that the evaluation relied on.' });
export type EvidenceUsed = z.infer<typeof EvidenceUsed>;

export const PlanStep = z
  .object({
    order: z.int(),
    what: z.string().describe('One sentence'),
    node: z.string().optional(),
    component: z.string().optional(),
    restarts: z.boolean().optional().describe('Whether the component restarts'),
    disrupts: z.array(z.string()).optional().describe('Workloads that lose pods, as `Kind namespace/name`'),
  })
  .meta({ id: 'PlanStep', description: 'One step of an upgrade.' });
export type PlanStep = z.infer<typeof PlanStep>;

export const UpgradePlan = z
  .object({
    path: z.array(z.string()).describe('Versions from the current to the target, one minor at a time'),
    inPlace: z.array(PlanStep).describe('What kubeadm does: which components restart, in which order'),
    repave: z.array(PlanStep).describe('What replacing machines does: which, in which order, and why'),
  })
  .meta({ id: 'UpgradePlan', description: 'What would happen. A prediction, not an order.' });
export type UpgradePlan = z.infer<typeof UpgradePlan>;

export const Evaluation = z
  .object({
    schemaVersion: z.literal('1'),
    id: z.string(),
    action: z.literal('upgrade'),
    cluster: z.object({ id: z.string().describe('UID of the namespace kube-system'), name: z.string() }),
    current: z.string().describe('Version the API server runs'),
    target: z.string(),
    policy: z.object({
      name: z.string(),
      version: z.int().optional(),
      sha256: z.string().describe('Of the policy document, so that a changed policy voids the answer'),
    }),
    requestedBy: z.string(),
    source: z.record(z.string(), z.string()).optional().describe('Pipeline, run and commit that asked'),
    evaluatedAt: time('When it was made'),
    expiresAt: time('Until when it holds; a deny holds until asked again'),
    verdict: Verdict,
    allowed: z.boolean().describe('True for `allow` and `warn`'),
    summary: z.string().describe('One sentence for people in a hurry'),
    statements: z.array(z.string()).describe('What a reader must know before trusting the verdict'),
    checks: z.array(EvaluationCheck),
    evidence: z.array(EvidenceUsed),
    evidenceHash: z.string().describe('SHA-256 over facts, scans, waivers and policy that were judged'),
    plan: UpgradePlan,
    previous: z
      .object({
        id: z.string(),
        verdict: Verdict,
        changes: z.array(z.string()).describe('What changed since, one sentence each'),
      })
      .nullable(),
    tool: z.object({
      name: z.literal('gatehouse'),
      version: z.string(),
      dataAsOf: z.string().describe('Date of the removal and compatibility data'),
    }),
  })
  .meta({ id: 'Evaluation', description: 'One answer of the gate. Never changed after it was made.' });
export type Evaluation = z.infer<typeof Evaluation>;
