import { setTimeout as wait } from 'node:timers/promises';
import { failed, type Result, succeed } from '../../core/failure.ts';
import type { EventPublisher, GatehouseEvent } from '../../ports/events.ts';
import { examineEvents } from '../rules/events.ts';
import { orAwsTrouble } from './trouble.ts';

/** What EventBridge and SNS take in one call. */
const batchSize = 10;
const tries = 4;

/** An event that was not taken, and the code AWS gave for it. */
export interface Refused {
  readonly event: GatehouseEvent;
  readonly code: string;
}

export interface Carrier {
  /** IAM action, e.g. `events:PutEvents`. */
  readonly action: string;
  /** Sends up to ten events and answers those that were not taken: a call can succeed for some and fail for others. */
  send(events: readonly GatehouseEvent[]): Promise<readonly Refused[]>;
  /** Waits before what was refused is sent again. */
  readonly pause?: ((ms: number) => Promise<unknown>) | undefined;
}

const sendBatch = async ({ action, send, pause = wait }: Carrier, batch: readonly GatehouseEvent[]): Promise<Result<void>> => {
  let left = batch;
  for (let tried = 1; ; tried += 1) {
    const answer = await orAwsTrouble(action, async () => succeed(await send(left)));
    if (!answer.ok) return answer;
    const refused = answer.value;
    if (refused.length === 0) return succeed(undefined);
    if (tried === tries) {
      const codes = [...new Set(refused.map(({ code }) => code))].join(', ');
      return failed('timed-out', `AWS did not take ${refused.length} of ${batch.length} events at ${action} (${codes}). Try again.`);
    }
    // only what was refused: the others are with their receivers
    left = refused.map(({ event }) => event);
    await pause(100 * 2 ** tried);
  }
};

/** A publisher that sends in batches, one after the other, so that the order stays as far as the carrier keeps it. */
export const publishInBatches = (carrier: Carrier): EventPublisher => ({
  publish: async (events) => {
    const examined = examineEvents(events);
    if (!examined.ok) return examined;
    for (let at = 0; at < events.length; at += batchSize) {
      const sent = await sendBatch(carrier, events.slice(at, at + batchSize));
      if (!sent.ok) return sent;
    }
    return succeed(undefined);
  },
});
