import { readTime, timeOf } from '../core/time.ts';
import { type Evaluation, isAllowed, type Verdict } from '../gate/evaluation.ts';
import type { EvaluationRequest } from '../gate/request.ts';

/** What an adapter knows of an evaluation. A whole evaluation is one, and so is the placeholder of one that is being made. */
export type Standing = Pick<Evaluation, 'id' | 'verdict' | 'summary' | 'checks' | 'target' | 'expiresAt'>;

/** The standing while evidence is on its way. */
export const pendingStanding = (id: string, { target, cluster }: EvaluationRequest, now: string): Standing => ({
  id,
  verdict: 'pending',
  summary: `Pending: whether ${cluster} may go to ${target.kubernetesVersion} is being evaluated.`,
  checks: [],
  target: target.kubernetesVersion,
  expiresAt: now,
});

/** The standing as it may be told now: what was allowed and has expired is no longer allowed. */
export const standingAt = <Some extends Standing>(standing: Some, now: string): Some => {
  const expires = readTime(standing.expiresAt);
  if (!isAllowed(standing.verdict) || (expires !== undefined && expires > timeOf(now))) return standing;
  return { ...standing, verdict: 'error', summary: `This answer expired at ${standing.expiresAt}; ask again.` };
};

const statuses = { allow: 200, warn: 200, deny: 409, pending: 425, error: 424 } as const satisfies Record<Verdict, number>;
/** The status that says the verdict, for callers that look at nothing else (`fail=http`). */
export const httpStatusOf = (verdict: Verdict): 200 | 409 | 424 | 425 => statuses[verdict];

/** Seconds after which asking again makes sense; 0: never, it is decided. */
export const retryAfterSeconds = (verdict: Verdict): number => ({ allow: 0, warn: 0, deny: 0, pending: 5, error: 60 })[verdict];
