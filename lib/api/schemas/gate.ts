import { z } from 'zod';
import { EvaluationId, EvaluationRecord } from '../../fleet/evaluation.ts';
import { Evaluation, Verdict } from '../../gate/evaluation.ts';
import { listOf, PageQuery, pageOf } from './shared.ts';

export { EvaluationAsk } from '../../gate/request.ts';
export { DownloadLink } from './scans.ts';
export { OfCluster } from './shared.ts';

/** Longest wait for a verdict: what stands in front of the API gives up at 30 seconds. */
const longestWait = 25;

export const OfEvaluation = z.object({ evaluationId: EvaluationId });
export const OfEvaluationFile = OfEvaluation.extend({
  file: z
    .string()
    .regex(/^[a-z0-9]+(?:[.-][a-z0-9]+)*$/)
    .max(60)
    .describe('Name of the file.'),
});

export const AnswerQuery = z.strictObject({
  wait: z.coerce.number().int().min(0).max(longestWait).default(0).describe(`Seconds to wait for the verdict, at most ${longestWait}.`),
  fail: z
    .enum(['http', 'body'])
    .default('body')
    .describe('`http`: the status says the verdict: 200 allow and warn, 409 deny, 425 pending, 424 error. `body`: 200 for each.'),
});

export const GateAnswer = Evaluation.partial()
  .extend({
    id: EvaluationId,
    cluster: z.object({ id: z.string(), name: z.string() }).optional(),
    verdict: Verdict,
    allowed: z.boolean().describe('True for `allow` and `warn` while they hold; `"allowed":true` stands in the body then and only then.'),
    summary: z.string().describe('One sentence for people in a hurry.'),
    links: z.object({ self: z.string().describe('Path of the evaluation, for asking again.') }),
    waivers: z
      .array(z.object({ check: z.string(), id: z.string(), expires: z.string() }))
      .describe('Checks that do not count because somebody accepted their failure.'),
    retryAfterSeconds: z.int().optional().describe('When asking again makes sense; absent where it is decided.'),
  })
  .meta({
    id: 'GateAnswer',
    description: 'An evaluation as it stands now. Before it is decided, only its verdict `pending` and a summary.',
  });

export const EvaluationsQuery = PageQuery.extend({ verdict: listOf(Verdict).describe('Only these verdicts.') });
export const EvaluationPage = pageOf(EvaluationRecord, 'evaluations');
