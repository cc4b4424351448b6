import { type EventType, eventTypes } from '../core/event-type.ts';
import type { Result } from '../core/failure.ts';
import type { Json } from './record-store.ts';

export { type EventType, eventTypes };

/** What happened, in the shape of CloudEvents 1.0. `data` holds ids, names and counts, never findings and never secrets. */
export interface GatehouseEvent {
  /** Deterministic, so that a repeated step publishes the same event and receivers can drop it: at-least-once. */
  readonly id: string;
  readonly type: EventType;
  /** `projects/<id>/clusters/<id>`: what it is about. */
  readonly subject: string;
  /** ISO time. */
  readonly time: string;
  readonly data: Readonly<Record<string, Json | undefined>>;
}

/** The world that wants to know: EventBridge, SNS, outgoing webhooks. */
export interface EventPublisher {
  /** All or a failure that may be tried again; up to 100 events at once, whatever the transport takes in one call. */
  publish(events: readonly GatehouseEvent[]): Promise<Result<void>>;
}
