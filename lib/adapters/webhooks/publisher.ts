import { type Result, succeed } from '../../core/failure.ts';
import type { EventPublisher, GatehouseEvent } from '../../ports/events.ts';
import type { WebhookSender, WebhookTarget } from './sender.ts';

export interface WebhookPublisherOptions {
  readonly sender: Pick<WebhookSender, 'send'>;
  /** The webhooks that want an event, of the project it belongs to. */
  readonly targetsOf: (event: GatehouseEvent) => Promise<Result<readonly WebhookTarget[]>>;
  /**
   * Takes what is still under way, so that a run does not wait for slow receivers (up to hours): the server awaits it before it stops, and logs what it rejects with. Without it, `publish` waits to the end.
   */
  readonly inBackground?: ((deliveries: Promise<void>) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** EventPublisher over webhooks. A receiver that cannot be reached is no failure of the publisher: that is remembered with the webhook. */
export const createWebhookPublisher = ({ sender, targetsOf, inBackground, signal }: WebhookPublisherOptions): EventPublisher => {
  return {
    publish: async (events) => {
      const wanted: { readonly event: GatehouseEvent; readonly target: WebhookTarget }[] = [];
      for (const event of events) {
        const targets = await targetsOf(event);
        if (!targets.ok) return targets;
        for (const target of targets.value) if (target.active) wanted.push({ event, target });
      }
      const deliveries = Promise.all(wanted.map(({ event, target }) => sender.send(target, event, signal))).then(() => undefined);
      if (inBackground) inBackground(deliveries);
      else await deliveries;
      return succeed(undefined);
    },
  };
};
