import { failed, succeed } from '../../core/failure.ts';
import { webhookSecret } from '../../fleet/webhook.ts';
import type { Clock } from '../../ports/clock.ts';
import type { WebhookTester } from '../../ports/webhook-tester.ts';
import type { WebhookSender } from './sender.ts';

/** WebhookTester over a sender. A test is sent also while the webhook is switched off: that is when people try. */
export const createWebhookTester = (sender: Pick<WebhookSender, 'examine' | 'sendOnce'>, clock: Clock): WebhookTester => ({
  examine: (url) => sender.examine(url),
  test: async ({ id, projectId, url, active }) => {
    const event = {
      id: `webhook.test:${clock.id()}`,
      type: 'webhook.test',
      subject: `projects/${projectId}`,
      time: clock.now(),
      data: { webhookId: id },
    } as const;
    const { is, say } = await sender.sendOnce({ id, url, secretName: webhookSecret(id), active }, event);
    if (is === 'cancelled') return failed('cancelled', say);
    // nothing was switched off by a test, whatever the receiver says
    const message = is === 'gone' ? 'The receiver says that the address is gone for good (410); give the webhook another one.' : say;
    return succeed({ eventId: event.id, isSucceeded: is === 'taken', message, time: clock.now(), tries: 1 });
  },
});
