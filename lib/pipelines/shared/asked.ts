import { type Result, succeed } from '../../core/failure.ts';
import { EvaluationRequest } from '../../gate/request.ts';
import type { Asked, Delivery } from '../adapter.ts';
import { conform } from './body.ts';

/** The last look at a request before it leaves an adapter: nothing of a payload gets further than the schema lets it. */
export const askedOf = (request: EvaluationRequest, delivery: Delivery | null, secret?: string): Result<Asked> => {
  const checked = conform(EvaluationRequest, request, 'The request');
  if (!checked.ok) return checked;
  return succeed({ kind: 'asked', request: checked.value, delivery, ...(secret === undefined ? {} : { secret }) });
};
