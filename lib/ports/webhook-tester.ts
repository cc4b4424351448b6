import type { Result } from '../core/failure.ts';
import type { Webhook, WebhookDelivery } from '../fleet/webhook.ts';

/** What people may ask of outgoing webhooks. Which addresses may be reached, and how an event is signed, is the sender's business. */
export interface WebhookTester {
  /** `input-invalid` with the reason when nothing may be sent to this address. */
  examine(url: string): Promise<Result<void>>;
  /** Sends one test event now, once, signed as all are. A receiver that refuses it or does not answer is a delivery that did not succeed, not a failure. */
  test(webhook: Webhook): Promise<Result<WebhookDelivery>>;
}
