import { failed, type Result, succeed } from '../../core/failure.ts';
import type { GatehouseEvent } from '../../ports/events.ts';

/** Most events in one call of a publisher. */
const mostEvents = 100;

/** Checks a call of a publisher. */
export const examineEvents = (events: readonly GatehouseEvent[]): Result<void> =>
  events.length <= mostEvents
    ? succeed(undefined)
    : failed('input-invalid', `At most ${mostEvents} events are published at once, not ${events.length}. Publish them in parts.`);

/** The event as CloudEvents 1.0 has it in JSON: what every receiver gets, whatever carries it. */
export const cloudEventOf = ({ id, type, subject, time, data }: GatehouseEvent) => ({
  specversion: '1.0' as const,
  id,
  source: 'gatehouse' as const,
  type,
  subject,
  time,
  datacontenttype: 'application/json' as const,
  data,
});
