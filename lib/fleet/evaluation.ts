import { z } from 'zod';
import { Evaluation, Verdict } from '../gate/evaluation.ts';
import { EvaluationRequest } from '../gate/request.ts';
import { Actor, ClusterId, isoTime, ProjectId } from './common.ts';
import { Artefact } from './scan.ts';

/** Sorts by the second it was asked for: `20261127T233000Z-evl-<hex>`. */
export const EvaluationId = z
  .string()
  .regex(/^\d{8}T\d{6}Z-evl-[0-9a-f]{16}$/)
  .describe('Id of the evaluation: the second (UTC) it was asked for, and hex; sorts by time.');

/** How an answer gets to a system that waits for it. */
export const CallbackState = z
  .object({
    state: z
      .enum(['waiting', 'told', 'settled', 'refused', 'gave-up'])
      .describe(
        '`waiting`: not told yet, or tried again later · `told`: the system took it · `settled`: its question is no longer open · `refused`: it will not take it · `gave-up`: tried often enough.',
      ),
    tries: z.int().describe('How often it was tried.'),
    message: z.string().describe('What came of the last try: one sentence.'),
    at: isoTime('When that was'),
  })
  .meta({ id: 'CallbackState', description: 'What came of telling the system that asked.' });
export type CallbackState = z.infer<typeof CallbackState>;

export const EvaluationRecord = z
  .object({
    id: EvaluationId,
    projectId: ProjectId,
    clusterId: ClusterId,
    clusterName: z.string().describe('Name of the cluster when it was asked.'),
    state: z.enum(['queued', 'decided']).describe('`queued`: facts are being looked at; the verdict is `pending` meanwhile.'),
    request: EvaluationRequest.describe('What was asked. Never a secret.'),
    requestedBy: Actor,
    requestedAt: isoTime('When it was asked'),
    policy: Evaluation.shape.policy.optional().describe('The policy it was decided by.'),
    verdict: Verdict,
    allowed: z.boolean().describe('True for `allow` and `warn`, while they hold.'),
    summary: z.string().describe('One sentence for people in a hurry.'),
    current: z.string().optional().describe('Version the API server ran.'),
    lookedAt: isoTime('When somebody last looked whether evidence on its way is there').optional(),
    evaluatedAt: isoTime('When it was decided').optional(),
    expiresAt: isoTime('Until when it holds').optional(),
    artefacts: z.array(Artefact).describe('Its stored files: the evaluation as JSON, PDF and CSV, and what was judged.'),
    manifest: Artefact.extend({ sequence: z.int().describe('Its place in the chain of the cluster, from 1.') })
      .optional()
      .describe('The sealed manifest over all artefacts.'),
    callback: CallbackState.optional().describe('What came of telling the system that asked, where one waits.'),
  })
  .meta({ id: 'EvaluationRecord', description: 'One question to the gate about one cluster, and its answer. The whole answer is a file.' });
export type EvaluationRecord = z.infer<typeof EvaluationRecord>;

/** Where the secret part of a request is kept until the system was told (`secret` of what an adapter read). */
export const evaluationSecret = (evaluationId: string): string => `evaluations/${evaluationId}/secret`;
