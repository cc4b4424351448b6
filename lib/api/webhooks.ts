import { z } from 'zod';
import { ProjectId } from '../fleet/common.ts';
import { Webhook, WebhookDelivery, WebhookId, WebhookRequest } from '../fleet/webhook.ts';
import { PageQuery, pageOf } from './paging.ts';
import { route } from './route.ts';

const inProject = z.object({ projectId: ProjectId });
const ofWebhook = inProject.extend({ webhookId: WebhookId });
const may = (permission: string) => ({ permission });
const withSecret = Webhook.extend({ secret: z.string().describe('Proves that an event is from here. Keep it: it is not shown again.') });
const allPath = '/v1/projects/{projectId}/webhooks';
const onePath = `${allPath}/{webhookId}`;

/** Where the events of a project are posted to. */
export const webhookRoutes = {
  'webhooks.list': route({
    method: 'GET',
    path: allPath,
    summary: 'Webhooks of a project.',
    access: may('notification.get'),
    params: inProject,
    query: PageQuery,
    answer: pageOf(Webhook, 'webhooks'),
  }),
  'webhooks.create': route({
    method: 'POST',
    path: allPath,
    summary: 'Makes a webhook; the secret that signs what it sends is in this answer and never again.',
    access: may('notification.update'),
    params: inProject,
    body: WebhookRequest,
    answer: withSecret,
    status: 201,
    versioned: true,
  }),
  'webhooks.get': route({
    method: 'GET',
    path: onePath,
    summary: 'One webhook with its last delivery.',
    access: may('notification.get'),
    params: ofWebhook,
    answer: Webhook,
    versioned: true,
  }),
  'webhooks.update': route({
    method: 'PATCH',
    path: onePath,
    summary: 'Changes address or events of a webhook, or switches it on or off; its secret stays.',
    access: may('notification.update'),
    params: ofWebhook,
    body: WebhookRequest.extend({ active: z.boolean().describe('Whether anything is sent.') }).partial(),
    answer: Webhook,
    versioned: true,
  }),
  'webhooks.delete': route({
    method: 'DELETE',
    path: onePath,
    summary: 'Deletes a webhook and its secret.',
    access: may('notification.update'),
    params: ofWebhook,
    status: 204,
    versioned: true,
  }),
  'webhooks.rotateSecret': route({
    method: 'POST',
    path: `${onePath}/secret`,
    summary:
      'Makes a new secret, which is in this answer and never again. What is sent is signed with the secret before, too, until that is ended; one that is older still ends now.',
    access: may('notification.update'),
    params: ofWebhook,
    answer: withSecret,
    versioned: true,
  }),
  'webhooks.endOldSecret': route({
    method: 'POST',
    path: `${onePath}/secret/end`,
    summary: 'Ends the secret that was replaced: from now on only the new one signs.',
    access: may('notification.update'),
    params: ofWebhook,
    answer: Webhook,
    versioned: true,
  }),
  'webhooks.test': route({
    method: 'POST',
    path: `${onePath}/test`,
    summary: 'Sends a test event now, also while the webhook is switched off, and answers what came of it.',
    access: may('notification.update'),
    params: ofWebhook,
    answer: WebhookDelivery,
  }),
};
