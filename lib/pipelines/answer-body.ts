import { Evaluation, isAllowed } from '../gate/evaluation.ts';
import type { EvaluationAsk, EvaluationRequest } from '../gate/request.ts';
import { jsonResponse, type ResponseBody } from './adapter.ts';
import { httpStatusOf, retryAfterSeconds, type Standing, standingAt } from './standing.ts';

/** What Jenkins and others look for in the body: written without blanks, and found there once at most. */
export const allowedText = '"allowed":true';

const occurrences = (text: string, part: string): number => text.split(part).length - 1;

export interface AnswerContext {
  readonly now: string;
  /** `?fail=http`: the status says the verdict. */
  readonly failHttp?: boolean;
  /** Address of the evaluation, for asking again. */
  readonly self: string;
}

/** What is asked at the API itself: Jenkins, Argo CD, jobs with a token, and the command line. */
export const answerBody = (evaluation: Evaluation | Standing, { now, failHttp = false, self }: AnswerContext): ResponseBody => {
  const standing = standingAt(evaluation, now);
  const { verdict } = standing;
  // by the schema, so that nothing gets in that it does not name: an embedded evaluation would bring an "allowed" of its own
  const whole = Evaluation.partial().parse({ ...standing });
  const retry = retryAfterSeconds(verdict);
  const value = {
    ...whole,
    allowed: isAllowed(verdict),
    links: { self },
    waivers: standing.checks.flatMap(({ id, waiver }) => (waiver === null ? [] : [{ check: id, id: waiver.id, expires: waiver.expires }])),
    ...(retry > 0 ? { retryAfterSeconds: retry } : {}),
  };
  const status = failHttp ? httpStatusOf(verdict) : 200;
  const response = jsonResponse(value, status, retry > 0 ? { 'retry-after': String(retry) } : {});
  if (occurrences(response.body, allowedText) !== Number(isAllowed(verdict)))
    throw new Error(`the body says ${allowedText} where it must not`);
  return response;
};

/** What was asked with an API token: who asks is known from the token, whatever the body says. */
export const readAsk = (ask: EvaluationAsk, token: { readonly id: string; readonly name: string }, newKey: string): EvaluationRequest => {
  const { source, idempotencyKey, ...question } = ask;
  return {
    ...question,
    // two tokens never share a key
    idempotencyKey: `token-${token.id}-${idempotencyKey ?? newKey}`,
    source: { actor: token.name, ...source, system: source?.system ?? 'api' },
  };
};
