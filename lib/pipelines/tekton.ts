import { z } from 'zod';
import { isAllowed } from '../gate/evaluation.ts';
import type { EvaluationRequest } from '../gate/request.ts';
import { jsonResponse, type RawRequest, type Reading, type ResponseBody } from './adapter.ts';
import { askedOf } from './shared/asked.ts';
import { checkFrame, readJson } from './shared/body.ts';
import { meaning, type PipelineRule } from './shared/mapping.ts';
import { isSecret, refused, type Secrets, sha256Hex } from './shared/sender.ts';
import { plainText } from './shared/text.ts';
import { type Standing, standingAt } from './standing.ts';

// Tekton Triggers: a ClusterInterceptor. The EventListener signs nothing and sends no header of ours, so the secret is a parameter of the trigger.

export interface TektonConnection {
  readonly secrets: Secrets;
}

/** An event may bring a body of a megabyte along, as text in JSON. */
const most = 2 * 1024 * 1024;

const Payload = z.object({
  interceptor_params: z.object({ token: z.string().max(1024), kubernetesVersion: z.string().max(64).optional() }),
  context: z.object({
    event_id: z.string().regex(/^[0-9A-Za-z-]{1,64}$/),
    trigger_id: z.string().regex(/^namespaces\/[a-z0-9-]{1,63}\/triggers\/[a-z0-9.-]{1,253}$/),
  }),
});

/** Reads an InterceptorRequest. Tekton waits for the answer, 30 s at most: evaluate with a wait of 20 s, then `answerInterceptor`. */
export const readInterceptor = (raw: RawRequest, { secrets }: TektonConnection, rules: readonly PipelineRule[]): Reading => {
  const frame = checkFrame(raw, { most, mayOmitType: true });
  if (!frame.ok) return frame;
  const payload = readJson(raw.body, Payload, 'The InterceptorRequest');
  if (!payload.ok) return payload;
  const { interceptor_params: params, context } = payload.value;
  if (!isSecret(secrets, params.token)) return refused('The trigger shows no known secret; give the interceptor the parameter "token".');
  const meant = meaning(rules, { system: 'tekton', from: context.trigger_id, target: params.kubernetesVersion });
  if (!meant.ok) return meant;
  const request: EvaluationRequest = {
    ...meant.value,
    idempotencyKey: `tekton-${context.event_id}-${sha256Hex(context.trigger_id).slice(0, 16)}`,
    source: { system: 'tekton', repository: context.trigger_id, run: context.event_id },
  };
  return askedOf(request, null);
};

/** Codes of google.rpc.Code: FAILED_PRECONDITION, UNAVAILABLE, INTERNAL. */
const codes = { allow: 0, warn: 0, deny: 9, pending: 14, error: 13 } as const;

/** The InterceptorResponse. Tekton does not wait: what is pending stops the trigger like a denial, and the event must be sent again. */
export const answerInterceptor = (evaluation: Standing, { now }: { readonly now: string }): ResponseBody => {
  const standing = standingAt(evaluation, now);
  const { id, verdict, target, expiresAt } = standing;
  const isGood = isAllowed(verdict);
  return jsonResponse({
    continue: isGood,
    extensions: { gatehouse: { id, verdict, allowed: isGood, target, expiresAt } },
    status: isGood ? {} : { code: codes[verdict], message: plainText(standing, 1000) },
  });
};
