import { succeed } from '../../../core/failure.ts';
import type { Webhook } from '../../../fleet/webhook.ts';
import type { Terminal } from '../../terminal.ts';
import { idOf, type ProjectFlags, projectOf } from '../names.ts';
import { type Column, detailsText } from '../output.ts';
import { change, given, inSession, type ListFlags, listOfProject, show } from '../run.ts';
import type { PrintFlags, Session } from '../session.ts';

type OneFlags = PrintFlags & ProjectFlags & { readonly webhook: string };
interface Fields {
  readonly url?: string;
  readonly event?: readonly string[];
  readonly active?: boolean;
}

const columns: readonly Column<Webhook>[] = [
  ['id', ({ id }) => id],
  ['active', ({ active }) => active],
  ['last delivery', ({ lastDelivery }) => lastDelivery?.time],
  ['taken', ({ lastDelivery }) => lastDelivery?.isSucceeded],
  ['url', ({ url }) => url],
  ['events', ({ events }) => events.join(', ')],
];

export const listWebhooks = inSession<ListFlags & ProjectFlags>(async (session, flags, terminal) => {
  return listOfProject(session, flags, terminal, { id: 'webhooks.list', none: 'There are no webhooks in this project.' }, columns);
});

const paramsOf = async ({ client }: Session, flags: OneFlags) => {
  const project = await projectOf(client, flags);
  if (!project.ok) return project;
  const id = await idOf(client, 'webhook', flags.webhook, project.value);
  return id.ok ? succeed({ ...project.value, webhookId: id.value }) : id;
};
const bodyOf = ({ url, event, active }: Fields) => given({ url, events: event, active });

/** An answer with a secret, in lines wide enough to copy it. */
const shownOnce = (terminal: Terminal, { json, body }: { readonly json: unknown; readonly body: object }) => ({
  json,
  text: detailsText({ ...terminal, columns: 160 }, body),
  note: 'Keep the secret: it is not shown again.',
});

export const showWebhook = inSession<OneFlags>(async (session, flags, terminal) => {
  const params = await paramsOf(session, flags);
  return params.ok ? show(session, terminal, 'webhooks.get', { params: params.value }) : params;
});

export const createWebhook = inSession<PrintFlags & ProjectFlags & Fields>(async ({ client }, flags, terminal) => {
  const params = await projectOf(client, flags);
  if (!params.ok) return params;
  const made = await client.call('webhooks.create', { params: params.value, body: bodyOf(flags) as never });
  return made.ok ? succeed(shownOnce(terminal, made.value)) : made;
});

export const rotateSecret = inSession<OneFlags>(async (session, flags, terminal) => {
  const params = await paramsOf(session, flags);
  if (!params.ok) return params;
  const rotated = await session.client.call('webhooks.rotateSecret', { params: params.value });
  return rotated.ok ? succeed(shownOnce(terminal, rotated.value)) : rotated;
});

export const endOldSecret = inSession<OneFlags>(async (session, flags) => {
  const params = await paramsOf(session, flags);
  if (!params.ok) return params;
  const ended = await session.client.call('webhooks.endOldSecret', { params: params.value });
  return ended.ok
    ? succeed({ json: ended.value.json, text: `Only the new secret of the webhook ${flags.webhook} signs from now on.\n` })
    : ended;
});

export const updateWebhook = inSession<OneFlags & Fields>(async (session, flags, terminal) => {
  const params = await paramsOf(session, flags);
  if (!params.ok) return params;
  const changed = await change(session, 'webhooks.get', 'webhooks.update', { params: params.value, body: bodyOf(flags) });
  return changed.ok ? succeed({ json: changed.value.json, text: detailsText(terminal, changed.value.body as object) }) : changed;
});

export const deleteWebhook = inSession<OneFlags>(async (session, flags) => {
  const params = await paramsOf(session, flags);
  if (!params.ok) return params;
  const deleted = await change(session, 'webhooks.get', 'webhooks.delete', { params: params.value });
  return deleted.ok ? succeed({ json: null, text: `The webhook ${flags.webhook} is deleted.\n` }) : deleted;
});

/** Exit status 1: it was sent, and the receiver did not take it. */
export const testWebhook = inSession<OneFlags>(async (session, flags, terminal) => {
  const params = await paramsOf(session, flags);
  if (!params.ok) return params;
  const tested = await session.client.call('webhooks.test', { params: params.value });
  if (!tested.ok) return tested;
  const { body, json } = tested.value;
  return succeed({ json, text: detailsText(terminal, body), exit: body.isSucceeded ? 0 : 1 });
});
