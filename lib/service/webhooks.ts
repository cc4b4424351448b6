import { type Result, succeed } from '../core/failure.ts';
import { type Webhook, webhookSecret } from '../fleet/webhook.ts';
import { partitions } from '../records/index.ts';
import type { HandlersOf, ServicePorts } from './handler.ts';
import { withinWebhookLimit } from './limits.ts';
import { listKept } from './listing.ts';
import { answered, given, needUnchanged } from './unchanged.ts';
import { endOld, newSecret, rotate } from './webhook-secrets.ts';

const targetOf = (id: string): string => `webhooks/${id}`;

/** The record first: without it nothing is sent, and a secret that a crash leaves behind opens nothing. */
const remove = async ({ records, secrets }: ServicePorts, { projectId, id }: Webhook, revision?: number): Promise<Result<void>> => {
  const removed = await records.webhooks.remove({ projectId, id }, revision);
  return removed.ok ? secrets.remove(webhookSecret(id)) : removed;
};

/** Ends all webhooks of a project. */
export const removeWebhooksOf = async (ports: ServicePorts, projectId: string): Promise<void> => {
  for await (const { value } of ports.records.webhooks.all(partitions.webhooks(projectId))) await remove(ports, value);
};

export const webhooksHandlers = (ports: ServicePorts): HandlersOf<'webhooks'> => {
  const { records, secrets, clock, webhooks } = ports;
  return {
    'webhooks.list': async ({ params: { projectId }, query }) => {
      const page = await listKept(records.webhooks, { ...partitions.webhooks(projectId), ...query });
      return page.ok ? succeed({ body: page.value }) : page;
    },
    'webhooks.create': async ({ params: { projectId }, body }) => {
      const project = await records.projects.need(projectId);
      if (!project.ok) return project;
      const isWithin = await withinWebhookLimit(ports, projectId);
      if (!isWithin.ok) return isWithin;
      const mayBe = await webhooks.examine(body.url);
      if (!mayBe.ok) return mayBe;
      const webhook: Webhook = { id: `whk-${clock.id()}`, projectId, ...body, createdAt: clock.now() };
      const secret = newSecret(clock);
      const kept = await secrets.put(webhookSecret(webhook.id), secret);
      if (!kept.ok) return kept;
      const created = await records.webhooks.create(webhook);
      if (!created.ok) {
        await secrets.remove(webhookSecret(webhook.id));
        return created;
      }
      const location = `/v1/projects/${projectId}/webhooks/${webhook.id}`;
      return succeed({ body: { ...webhook, secret }, revision: created.value.revision, location, target: targetOf(webhook.id) });
    },
    'webhooks.get': async ({ params: { projectId, webhookId } }) => {
      const there = await records.webhooks.need({ projectId, id: webhookId });
      return there.ok ? answered(there.value, targetOf(webhookId)) : there;
    },
    'webhooks.update': async ({ params: { projectId, webhookId }, body, ifMatch }) => {
      const there = await needUnchanged(records.webhooks, { projectId, id: webhookId }, ifMatch);
      if (!there.ok) return there;
      const mayBe = body.url === undefined ? succeed(undefined) : await webhooks.examine(body.url);
      if (!mayBe.ok) return mayBe;
      const replaced = await records.webhooks.replace(there.value, { ...there.value.value, ...given(body) });
      return replaced.ok ? answered(replaced.value, targetOf(webhookId)) : replaced;
    },
    'webhooks.delete': async ({ params: { projectId, webhookId }, ifMatch }) => {
      const there = await needUnchanged(records.webhooks, { projectId, id: webhookId }, ifMatch);
      if (!there.ok) return there;
      const removed = await remove(ports, there.value.value, there.value.revision);
      return removed.ok ? succeed({ body: undefined, target: targetOf(webhookId) }) : removed;
    },
    'webhooks.rotateSecret': async ({ params: { projectId, webhookId } }) => {
      const rotated = await rotate(ports, { projectId, id: webhookId });
      if (!rotated.ok) return rotated;
      const { webhook, secret } = rotated.value;
      return succeed({ body: { ...webhook.value, secret }, revision: webhook.revision, target: targetOf(webhookId) });
    },
    'webhooks.endOldSecret': async ({ params: { projectId, webhookId } }) => {
      const ended = await endOld(ports, { projectId, id: webhookId });
      return ended.ok ? answered(ended.value, targetOf(webhookId)) : ended;
    },
    'webhooks.test': async ({ params: { projectId, webhookId } }) => {
      const there = await records.webhooks.need({ projectId, id: webhookId });
      if (!there.ok) return there;
      const delivery = await webhooks.test(there.value.value);
      if (!delivery.ok) return delivery;
      // kept for whoever looks later; a webhook that is gone by now keeps nothing
      const kept = await records.webhooks.update({ projectId, id: webhookId }, (webhook) =>
        succeed({ ...webhook, lastDelivery: delivery.value }),
      );
      return kept.ok || kept.failure.code === 'not-found' ? succeed({ body: delivery.value, target: targetOf(webhookId) }) : kept;
    },
  };
};
