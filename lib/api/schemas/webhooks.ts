import { z } from 'zod';
import { Webhook, WebhookId, WebhookRequest } from '../../fleet/webhook.ts';
import { InProject, pageOf } from './shared.ts';

export { Webhook, WebhookDelivery, WebhookRequest } from '../../fleet/webhook.ts';
export { InProject, PageQuery } from './shared.ts';

export const OfWebhook = InProject.extend({ webhookId: WebhookId });
export const WebhookPage = pageOf(Webhook, 'webhooks');
export const WebhookChange = WebhookRequest.extend({ active: z.boolean().describe('Whether anything is sent.') }).partial();
export const WebhookWithSecret = Webhook.extend({
  secret: z.string().describe('Proves that an event is from here. Keep it: it is not shown again.'),
});
