import { failed, type Result } from '../core/failure.ts';
import type { Evaluation } from '../gate/evaluation.ts';
import { EvaluationAsk, type EvaluationRequest } from '../gate/request.ts';
import { callbackOf, type OutgoingCall, type RawRequest, type Reading } from './adapter.ts';
import { answerBody } from './answer-body.ts';
import { askedOf } from './shared/asked.ts';
import { checkFrame, readJson } from './shared/body.ts';
import { type AllowedHosts, allowedAddress } from './shared/hosts.ts';
import { fresh, type Secrets, tolerance, verifyStandard } from './shared/sender.ts';
import type { Standing } from './standing.ts';

// Anything that can compute an HMAC: the headers webhook-id (a nonce), webhook-timestamp and webhook-signature, as on the webhooks we send.

export interface WebhookSender {
  /** Name of the connection. */
  readonly connection: string;
  /** Keys that are good now, as `whsec_<base64>`. */
  readonly secrets: Secrets;
  /** Clusters it may ask about, by the name or id that is asked with. */
  readonly clusters: readonly string[];
  /** Hosts that answers may go to. */
  readonly hosts: AllowedHosts;
}

/** Reads a signed question. */
export const readWebhook = (raw: RawRequest, { connection, secrets, clusters, hosts }: WebhookSender): Reading => {
  const frame = checkFrame(raw);
  if (!frame.ok) return frame;
  const signed = verifyStandard(raw, secrets);
  if (!signed.ok) return signed;
  // twice the tolerance: a message may be signed ahead of our clock
  const once = fresh(raw, [`webhook:${connection}:${signed.value.id}`], Math.ceil((2 * tolerance) / 60));
  if (!once.ok) return once;
  const ask = readJson(raw.body, EvaluationAsk, 'The question');
  if (!ask.ok) return ask;
  const { source, idempotencyKey, callback, ...question } = ask.value;
  if (!clusters.includes(question.cluster))
    return failed('permission-missing', `This webhook may not ask about ${question.cluster}; ask an administrator to add the cluster.`);
  const address: Result<unknown> | undefined = callback && allowedAddress(callback.url, hosts);
  if (address?.ok === false) return address;
  const request: EvaluationRequest = {
    ...question,
    idempotencyKey: `webhook-${connection}-${idempotencyKey ?? signed.value.id}`,
    source: { ...source, system: 'webhook', actor: connection },
    ...(callback === undefined ? {} : { callback }),
  };
  return askedOf(request, once.value);
};

/** The call that brings the evaluation to the address that was asked for; nothing while pending, or when its host is no longer allowed. */
export const answerWebhook = (
  evaluation: Evaluation | Standing,
  request: EvaluationRequest,
  { hosts }: { readonly hosts: AllowedHosts },
  { now, self }: { readonly now: string; readonly self: string },
): readonly OutgoingCall[] => {
  const address = allowedAddress(callbackOf(request, 'webhook').url, hosts);
  if (!address.ok || evaluation.verdict === 'pending') return [];
  return [
    {
      method: 'POST',
      url: address.value.href,
      headers: { 'content-type': 'application/json', 'user-agent': 'gatehouse' },
      body: answerBody(evaluation, { now, self }).body,
      authorization: { kind: 'webhook-signature' },
      success: [200, 201, 202, 204],
      settled: [410],
    },
  ];
};
