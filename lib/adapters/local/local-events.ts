import { succeed } from '../../core/failure.ts';
import type { EventPublisher, GatehouseEvent } from '../../ports/events.ts';
import { examineEvents } from '../rules/events.ts';

/** Somebody in this process who wants to know: the webhook sender, the live view. May get an event twice. */
export type Subscriber = (event: GatehouseEvent) => Promise<void>;

export interface LocalEventsOptions {
  readonly subscribers: readonly Subscriber[];
  /** Is told of every delivery that failed; the others go on. A subscriber that must not miss anything keeps its own list of what is to be done. */
  readonly onFailure: (event: GatehouseEvent, error: unknown) => void;
}

/** Hands events to the subscribers of this process: to each in the order of the events, to all side by side. */
export const createLocalEvents = ({ subscribers, onFailure }: LocalEventsOptions): EventPublisher => {
  const deliver = async (subscriber: Subscriber, events: readonly GatehouseEvent[]): Promise<void> => {
    for (const event of events) {
      try {
        await subscriber(event);
      } catch (error) {
        onFailure(event, error);
      }
    }
  };
  return {
    publish: async (events) => {
      const examined = examineEvents(events);
      if (!examined.ok) return examined;
      await Promise.all(subscribers.map((subscriber) => deliver(subscriber, events)));
      return succeed(undefined);
    },
  };
};
