import { type EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { toDate } from '../../core/time.ts';
import type { EventPublisher, GatehouseEvent } from '../../ports/events.ts';
import { cloudEventOf } from '../rules/events.ts';
import { publishInBatches, type Refused } from './batches.ts';

export interface EventBridgeOptions {
  /** Name or ARN of the bus. */
  readonly bus: string;
  readonly pause?: (ms: number) => Promise<unknown>;
}

/** Events on an EventBridge bus: source `gatehouse`, detail type = type of the event, detail = the whole CloudEvent. */
export const createEventBridgeEvents = (client: EventBridgeClient, { bus, pause }: EventBridgeOptions): EventPublisher =>
  publishInBatches({
    action: 'events:PutEvents',
    pause,
    send: async (events: readonly GatehouseEvent[]): Promise<readonly Refused[]> => {
      const entries = events.map((event) => ({
        EventBusName: bus,
        Source: 'gatehouse',
        DetailType: event.type,
        Time: toDate(event.time),
        Detail: JSON.stringify(cloudEventOf(event)),
      }));
      const { Entries = [] } = await client.send(new PutEventsCommand({ Entries: entries }));
      // answers come in the order of the entries
      return events.flatMap((event, at) => {
        const code = Entries[at]?.ErrorCode;
        return code === undefined ? [] : [{ event, code }];
      });
    },
  });
