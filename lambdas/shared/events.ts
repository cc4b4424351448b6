import type { deployedPorts } from '../../lib/adapters/aws/deployed/index.ts';
import { lazily } from '../../lib/adapters/aws/deployed/lazily.ts';
import { succeed } from '../../lib/core/failure.ts';
import type { EventPublisher } from '../../lib/ports/events.ts';
import type { Records } from '../../lib/records/index.ts';

/**
 * Tells the bus, the topic where there is one, and the webhooks of the project. A failure of one is the answer, and all are told again: receivers know events by their id, and a delivery by its name. Why nobody
 * listens to the bus for that: docs/adr/0025.
 */
export const eventsOf = (ports: Pick<ReturnType<typeof deployedPorts>, 'events' | 'deliveries'>, records: Records): EventPublisher => {
  const deliveries = ports.deliveries();
  const webhooks = lazily(async () =>
    (await import('../../lib/workflows/deliver-webhook.ts')).createDeliveries(records, (name, delivery) =>
      deliveries.start(name, delivery),
    ),
  );
  const publishers = [ports.events(), webhooks];
  return {
    publish: async (events) => {
      for (const publisher of publishers) {
        const told = await publisher.publish(events);
        if (!told.ok) return told;
      }
      return succeed(undefined);
    },
  };
};
