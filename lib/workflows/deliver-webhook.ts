import type { DurableContext } from '@aws/durable-execution-sdk-js';
import type { Result } from '../core/failure.ts';
import { succeed } from '../core/failure.ts';
import { type Webhook, webhookSecret } from '../fleet/webhook.ts';
import { waitAfterTry } from '../fleet/webhook-retry.ts';
import type { Clock } from '../ports/clock.ts';
import type { EventPublisher, GatehouseEvent } from '../ports/events.ts';
import { partitions, type Records } from '../records/index.ts';
import type { PipelineCallback } from './tell-pipeline.ts';

/** One event on its way to one webhook. */
export interface Delivery {
  readonly projectId: string;
  readonly webhookId: string;
  readonly event: GatehouseEvent;
}

/** Everything the durable function of deliveries does. */
export type Outgoing = Delivery | PipelineCallback;
export const isPipelineCallback = (outgoing: Outgoing): outgoing is PipelineCallback => 'evaluationId' in outgoing;

/** What came of one try; `later` may be tried again. */
export interface DeliveryTry {
  readonly is: 'taken' | 'gone' | 'refused' | 'later' | 'cancelled';
  readonly say: string;
  readonly retryAfter?: string | undefined;
}

export interface DeliveryPorts {
  readonly records: Pick<Records, 'webhooks'>;
  readonly clock: Clock;
  /** Sends once, signed, to allowed addresses only. */
  sendOnce(target: Pick<Webhook, 'id' | 'url' | 'active'> & { readonly secretName: string }, event: GatehouseEvent): Promise<DeliveryTry>;
}

/** Sends an event until it is taken, refused or was tried often enough, as a durable run: it goes on where it was after the process ended. */
export const makeDelivery =
  (ports: DeliveryPorts) =>
  async (
    { projectId, webhookId, event }: Delivery,
    context: Pick<DurableContext, 'step' | 'wait'>,
  ): Promise<{ readonly is: DeliveryTry['is'] }> => {
    const { records, clock } = ports;
    const name = { projectId, id: webhookId };
    for (let tries = 1; ; tries += 1) {
      const tried = await context.step(`try ${tries}`, async () => {
        const webhook = (await records.webhooks.get(name))?.value;
        const now = clock.now();
        if (!webhook?.active) return { is: 'cancelled' as const, say: 'The webhook was switched off or removed.', now, wait: undefined };
        const once = await ports.sendOnce({ ...webhook, secretName: webhookSecret(webhook.id) }, event);
        const wait = once.is === 'later' ? waitAfterTry(tries, once.retryAfter, clock.now(), Math.random()) : undefined;
        return { is: once.is, say: once.say, now: clock.now(), wait };
      });
      if (tried.wait !== undefined) {
        await context.wait({ seconds: Math.ceil(tried.wait / 1000) });
        continue;
      }
      await context.step('remember', async () => {
        const lastDelivery = { eventId: event.id, isSucceeded: tried.is === 'taken', message: tried.say, time: tried.now, tries };
        // gone for good (410): nothing is sent any more
        await records.webhooks.update(name, (webhook) =>
          succeed({ ...webhook, lastDelivery, active: webhook.active && tried.is !== 'gone' }),
        );
      });
      return { is: tried.is };
    }
  };

/** The callback that a decided evaluation asks for; none where nobody waits for it. */
const callbackIn = ({ type, data }: GatehouseEvent): PipelineCallback | undefined => {
  const { callback, projectId, clusterId, evaluationId } = data;
  return type === 'evaluation.decided' && callback === true
    ? { projectId: String(projectId), clusterId: String(clusterId), evaluationId: String(evaluationId) }
    : undefined;
};

/**
 * An event publisher that starts one delivery for every webhook that wants an event, and one for the release system that waits for an evaluation. Names follow from event and receiver, so a repeat sends nothing
 * twice.
 */
export const createDeliveries = (
  records: Pick<Records, 'webhooks'>,
  start: (name: string, delivery: Outgoing) => Promise<Result<void>>,
): EventPublisher => ({
  publish: async (events) => {
    for (const event of events) {
      const callback = callbackIn(event);
      const told = callback && (await start(`${callback.evaluationId}-callback`, callback));
      if (told?.ok === false) return told;
      const projectId = /^projects\/([^/]+)/.exec(event.subject)?.[1];
      if (projectId === undefined) continue;
      for await (const { value } of records.webhooks.all(partitions.webhooks(projectId))) {
        if (!value.active || !value.events.includes(event.type)) continue;
        const started = await start(`${event.id}-${value.id}`, { projectId, webhookId: value.id, event });
        if (!started.ok) return started;
      }
    }
    return succeed(undefined);
  },
});
