import { createHash } from 'node:crypto';
import type { EventType, GatehouseEvent } from '../../ports/events.ts';

/** What is sent: an event, or a test that nobody can subscribe to, so that receivers do not act on it. */
export interface OutgoingEvent extends Omit<GatehouseEvent, 'type'> {
  readonly type: EventType | 'webhook.test';
}

/** The id of the message about an event: the same for every try, so that receivers can drop repeats; without full stops, which separate what is signed. */
export const messageId = (event: OutgoingEvent): string => `msg_${createHash('sha256').update(event.id).digest('hex').slice(0, 32)}`;

/** An event as CloudEvents 1.0 in JSON (structured mode). `source` is who says so: the address of this Gatehouse. */
export const cloudEvent = ({ id, type, subject, time, data }: OutgoingEvent, source: string): string =>
  JSON.stringify({ specversion: '1.0', id, source, type, subject, time, datacontenttype: 'application/json', data });
