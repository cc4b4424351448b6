import { may, routesOf } from './route.ts';

const route = routesOf(() => import('./schemas/webhooks.ts'));
const allPath = '/v1/projects/{projectId}/webhooks';
const onePath = `${allPath}/{webhookId}`;

/** Where the events of a project are posted to. */
export const webhooksRoutes = {
  'webhooks.list': route({
    method: 'GET',
    path: allPath,
    summary: 'Webhooks of a project.',
    access: may('notification.get'),
    params: 'InProject',
    query: 'PageQuery',
    answer: 'WebhookPage',
  }),
  'webhooks.create': route({
    method: 'POST',
    path: allPath,
    summary: 'Makes a webhook; the secret that signs what it sends is in this answer and never again.',
    access: may('notification.update'),
    params: 'InProject',
    body: 'WebhookRequest',
    answer: 'WebhookWithSecret',
    status: 201,
    versioned: true,
  }),
  'webhooks.get': route({
    method: 'GET',
    path: onePath,
    summary: 'One webhook with its last delivery.',
    access: may('notification.get'),
    params: 'OfWebhook',
    answer: 'Webhook',
    versioned: true,
  }),
  'webhooks.update': route({
    method: 'PATCH',
    path: onePath,
    summary: 'Changes address or events of a webhook, or switches it on or off; its secret stays.',
    access: may('notification.update'),
    params: 'OfWebhook',
    body: 'WebhookChange',
    answer: 'Webhook',
    versioned: true,
  }),
  'webhooks.delete': route({
    method: 'DELETE',
    path: onePath,
    summary: 'Deletes a webhook and its secret.',
    access: may('notification.update'),
    params: 'OfWebhook',
    status: 204,
    versioned: true,
  }),
  'webhooks.rotateSecret': route({
    method: 'POST',
    path: `${onePath}/secret`,
    summary:
      'Makes a new secret, which is in this answer and never again. What is sent is signed with the secret before, too, until that is ended; one that is older still ends now.',
    access: may('notification.update'),
    params: 'OfWebhook',
    answer: 'WebhookWithSecret',
    versioned: true,
  }),
  'webhooks.endOldSecret': route({
    method: 'POST',
    path: `${onePath}/secret/end`,
    summary: 'Ends the secret that was replaced: from now on only the new one signs.',
    access: may('notification.update'),
    params: 'OfWebhook',
    answer: 'Webhook',
    versioned: true,
  }),
  'webhooks.test': route({
    method: 'POST',
    path: `${onePath}/test`,
    summary: 'Sends a test event now, also while the webhook is switched off, and answers what came of it.',
    access: may('notification.update'),
    params: 'OfWebhook',
    answer: 'WebhookDelivery',
  }),
};
