import { z } from 'zod';
import { succeed } from '../core/failure.ts';
import { isAllowed } from '../gate/evaluation.ts';
import type { EvaluationRequest } from '../gate/request.ts';
import { callbackOf, type OutgoingCall, type RawRequest, type Reading } from './adapter.ts';
import { askedOf } from './shared/asked.ts';
import { checkFrame, header, readJson } from './shared/body.ts';
import { type AllowedHosts, allowedAddress } from './shared/hosts.ts';
import { meaning, type PipelineRule } from './shared/mapping.ts';
import { fresh, isRecent, isSignedHex, refused, type Secrets, sha256Hex } from './shared/sender.ts';
import { type Standing, standingAt } from './standing.ts';

// Flux: events of a provider of type generic-hmac come in; after an allow, a receiver of type generic-hmac is poked.

export interface FluxConnection {
  /** Name of the connection. */
  readonly connection: string;
  /** Secrets (`token`) of the provider. */
  readonly secrets: Secrets;
  /** Address of the receiver to poke, if any, and the hosts it may be on. */
  readonly receiver?: string;
  readonly hosts: AllowedHosts;
}

/** How old an event may be, in minutes: Flux tries for a while to deliver it. */
const window = 60;

const Event = z.object({
  involvedObject: z.object({
    kind: z.string().regex(/^[A-Za-z]{1,63}$/),
    namespace: z.string().regex(/^[a-z0-9-]{1,63}$/),
    name: z.string().regex(/^[a-z0-9.-]{1,253}$/),
    uid: z.string().max(64).optional(),
  }),
  severity: z.enum(['trace', 'info', 'error']),
  timestamp: z.string().max(40),
  reason: z.string().max(256),
  metadata: z.object({ kubernetesVersion: z.string().max(64).optional(), revision: z.string().max(256).optional() }).nullish(),
});

/** Reads an event. It asks the gate only when its metadata names a `kubernetesVersion` (`eventMetadata` of the Alert). */
export const readFluxEvent = (raw: RawRequest, connection: FluxConnection, rules: readonly PipelineRule[]): Reading => {
  const frame = checkFrame(raw);
  if (!frame.ok) return frame;
  const signature = header(raw, 'x-signature');
  if (!isSignedHex(connection.secrets, raw.body, signature?.startsWith('sha256=') ? signature.slice(7) : undefined))
    return refused('The signature does not fit the body; use a provider of type generic-hmac with the token that is configured here.');
  const event = readJson(raw.body, Event, 'The event');
  if (!event.ok) return event;
  const { involvedObject, severity, timestamp, metadata } = event.value;
  if (!isRecent(timestamp, raw.now, window))
    return refused(`The event is more than ${window} minutes old, or from the future; check both clocks.`);
  const target = metadata?.kubernetesVersion;
  if (severity !== 'info' || target === undefined)
    return succeed({ kind: 'ignored', because: 'The event names no kubernetesVersion in its metadata, or tells of an error.' });
  const object = `${involvedObject.kind}/${involvedObject.namespace}/${involvedObject.name}`;
  const body = sha256Hex(raw.body);
  const once = fresh(raw, [`flux:${body}`], 2 * window);
  if (!once.ok) return once;
  const meant = meaning(rules, { system: 'flux', from: object, target });
  if (!meant.ok) return meant;
  const request: EvaluationRequest = {
    ...meant.value,
    idempotencyKey: `flux-${body}`,
    source: { system: 'flux', repository: object, ...(metadata?.revision ? { run: metadata.revision } : {}) },
    ...(connection.receiver === undefined ? {} : { callback: { type: 'flux', connection: connection.connection } }),
  };
  return askedOf(request, once.value);
};

/** The call that wakes Flux after an allow. Flux decides nothing by it: what must wait is suspended, or held by the annotation of Cluster API. */
export const answerFlux = (
  evaluation: Standing,
  request: EvaluationRequest,
  connection: FluxConnection,
  { now }: { readonly now: string },
): readonly OutgoingCall[] => {
  const { connection: name } = callbackOf(request, 'flux');
  if (name !== connection.connection) throw new Error('the callback belongs to another Flux');
  const { id, verdict, target } = standingAt(evaluation, now);
  if (!isAllowed(verdict) || connection.receiver === undefined) return [];
  const address = allowedAddress(connection.receiver, connection.hosts);
  if (!address.ok) return [];
  return [
    {
      method: 'POST',
      url: address.value.href,
      headers: { 'content-type': 'application/json', 'user-agent': 'gatehouse' },
      body: JSON.stringify({ evaluation: id, verdict, target }),
      authorization: { kind: 'hex-signature', connection: connection.connection, header: 'x-signature' },
      success: [200],
      settled: [404],
    },
  ];
};
