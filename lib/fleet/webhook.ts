import { z } from 'zod';
import { eventTypes } from '../core/event-type.ts';
import { idOf, isoTime, ProjectId } from './common.ts';

export const WebhookId = idOf('whk', 'webhook');

/** Where a webhook may point to by its form; whether the host is allowed is asked when it is stored and again when something is sent. */
export const WebhookUrl = z
  .string()
  .trim()
  .max(2_000)
  .refine(
    (text) => {
      const url = URL.parse(text);
      return url !== null && ['https:', 'http:'].includes(url.protocol) && url.username === '' && url.password === '' && url.hash === '';
    },
    { message: 'must be an https:// address without user name and "#"' },
  )
  .describe('Address that events are posted to; https.');

const Events = z
  .array(z.enum(eventTypes))
  .min(1)
  .refine((events) => new Set(events).size === events.length, { message: 'must name each event once' })
  .describe('Events that are sent.');

/** What a person asks for. */
export const WebhookRequest = z
  .strictObject({ url: WebhookUrl, events: Events, active: z.boolean().default(true).describe('Whether anything is sent.') })
  .meta({ id: 'WebhookRequest', description: 'Where to send which events.' });
export type WebhookRequest = z.infer<typeof WebhookRequest>;

export const WebhookDelivery = z
  .object({
    eventId: z.string().describe('Id of the event.'),
    isSucceeded: z.boolean().describe('Whether the receiver took it.'),
    message: z.string().describe('What came of it: one sentence.'),
    time: isoTime('When the last try ended'),
    tries: z.int().describe('How often it was tried.'),
  })
  .meta({ id: 'WebhookDelivery', description: 'What came of sending one event.' });
export type WebhookDelivery = z.infer<typeof WebhookDelivery>;

export const Webhook = z
  .object({
    id: WebhookId,
    projectId: ProjectId,
    url: WebhookUrl,
    events: Events,
    active: z.boolean().describe('Whether anything is sent. Switched off by itself when the receiver answers 410 (gone).'),
    lastDelivery: WebhookDelivery.optional().describe('What came of the last event.'),
    secretReplacedAt: isoTime('When its secret was replaced; as long as this is here, the secret before signs, too').optional(),
    createdAt: isoTime('When it was made'),
  })
  .meta({
    id: 'Webhook',
    description: 'Events of a project that are posted, signed, to an address. Its secret is shown once and then kept apart.',
  });
export type Webhook = z.infer<typeof Webhook>;

/** Name under which the secrets of a webhook are kept in the secret store. */
export const webhookSecret = (webhookId: string): string => `webhooks/${webhookId}/secret`;
