import { readText } from '../../../adapters/kubernetes/kubeconfig/read-file.ts';
import { failed, type Result, succeed } from '../../../core/failure.ts';
import type { Connection } from '../../../fleet/connection.ts';
import type { Terminal } from '../../terminal.ts';
import { idOf, type ProjectFlags, projectOf } from '../names.ts';
import { type Column, detailsText } from '../output.ts';
import { change, given, inSession, type ListFlags, listOfProject, show } from '../run.ts';
import type { PrintFlags, Session } from '../session.ts';

type OneFlags = PrintFlags & ProjectFlags & { readonly connection: string };
interface SettingsFlags {
  readonly appId?: string;
  readonly apiBase?: string;
  readonly representedAs?: string;
  readonly collection?: readonly string[];
  readonly receiver?: string;
  readonly cluster?: readonly string[];
  readonly host?: readonly string[];
}
interface Fields extends SettingsFlags {
  readonly rules?: string;
  readonly active?: boolean;
}
interface Files {
  readonly secretFile?: string;
  readonly credentialFile?: string;
}

const columns: readonly Column<Connection>[] = [
  ['id', ({ id }) => id],
  ['name', ({ name }) => name],
  ['system', ({ settings }) => settings.system],
  ['active', ({ active }) => active],
  ['rules', ({ rules, settings }) => (settings.system === 'webhook' ? settings.clusters.length : rules.length)],
  ['made', ({ createdAt }) => createdAt],
];

/** The settings of a system that were given; what does not belong to it is refused by the service. */
const settingsOf = ({ appId, apiBase, representedAs, collection, receiver, cluster, host }: SettingsFlags): object =>
  given({ appId, apiBase, representedAs, collections: collection, receiver, clusters: cluster, hosts: host });

const rulesIn = async (file: string | undefined): Promise<Result<unknown>> => {
  if (file === undefined) return succeed(undefined);
  const text = await readText(file, 'The file of rules');
  if (!text.ok) return text;
  const { parseDocument } = await import('yaml');
  const document = parseDocument(text.value, { strict: true, uniqueKeys: true });
  const value: unknown = document.errors.length > 0 ? undefined : document.toJS();
  const rules = typeof value === 'object' && value !== null && 'rules' in value ? value.rules : undefined;
  return Array.isArray(rules)
    ? succeed(rules)
    : failed('input-invalid', `${file} is no YAML with a list \`rules\`; the page of the system in the docs shows one.`);
};

const fileText = async (file: string | undefined, what: string): Promise<Result<string | undefined>> => {
  if (file === undefined) return succeed(undefined);
  const text = await readText(file, what);
  return text.ok ? succeed(text.value.trim()) : text;
};

const paramsOf = async ({ client }: Session, flags: OneFlags) => {
  const project = await projectOf(client, flags);
  if (!project.ok) return project;
  const id = await idOf(client, 'connection', flags.connection, project.value);
  return id.ok ? succeed({ ...project.value, connectionId: id.value }) : id;
};

/** An answer with a secret, in lines wide enough to copy it. */
const shownOnce = (terminal: Terminal, { json, body }: { readonly json: unknown; readonly body: object }) => ({
  json,
  text: detailsText({ ...terminal, columns: 200 }, body),
  note: 'Keep the secret: it is not shown again.',
});

export const listConnections = inSession<ListFlags & ProjectFlags>((session, flags, terminal) =>
  listOfProject(
    session,
    flags,
    terminal,
    { id: 'pipelines.listConnections', none: 'No release system is connected to this project.' },
    columns,
  ),
);

export const showConnection = inSession<OneFlags>(async (session, flags, terminal) => {
  const params = await paramsOf(session, flags);
  return params.ok ? show(session, terminal, 'pipelines.getConnection', { params: params.value }) : params;
});

type CreateFlags = PrintFlags & ProjectFlags & Fields & Files & { readonly name: string; readonly system: string };
export const createConnection = inSession<CreateFlags>(async ({ client }, flags, terminal) => {
  const params = await projectOf(client, flags);
  if (!params.ok) return params;
  const rules = await rulesIn(flags.rules);
  if (!rules.ok) return rules;
  const secret = await fileText(flags.secretFile, 'The file of the secret');
  if (!secret.ok) return secret;
  const credential = await fileText(flags.credentialFile, 'The file of the credential');
  if (!credential.ok) return credential;
  const { name, system, active } = flags;
  const body = given({
    name,
    settings: { system, ...settingsOf(flags) },
    rules: rules.value,
    active,
    secret: secret.value,
    credential: credential.value,
  });
  const made = await client.call('pipelines.createConnection', { params: params.value, body: body as never });
  return made.ok ? succeed(shownOnce(terminal, made.value)) : made;
});

/** The settings as they are, with those that were given in place of theirs. */
const changedSettings = async ({ client }: Session, params: { projectId: string; connectionId: string }, flags: SettingsFlags) => {
  const changes = settingsOf(flags);
  if (Object.keys(changes).length === 0) return succeed(undefined);
  const there = await client.call('pipelines.getConnection', { params });
  return there.ok ? succeed({ ...there.value.body.settings, ...changes }) : there;
};

export const updateConnection = inSession<OneFlags & Fields & { readonly name?: string }>(async (session, flags, terminal) => {
  const params = await paramsOf(session, flags);
  if (!params.ok) return params;
  const rules = await rulesIn(flags.rules);
  if (!rules.ok) return rules;
  const settings = await changedSettings(session, params.value, flags);
  if (!settings.ok) return settings;
  const body = given({ name: flags.name, settings: settings.value, rules: rules.value, active: flags.active });
  const changed = await change(session, 'pipelines.getConnection', 'pipelines.updateConnection', { params: params.value, body });
  return changed.ok ? succeed({ json: changed.value.json, text: detailsText(terminal, changed.value.body as object) }) : changed;
});

export const deleteConnection = inSession<OneFlags>(async (session, flags) => {
  const params = await paramsOf(session, flags);
  if (!params.ok) return params;
  const deleted = await change(session, 'pipelines.getConnection', 'pipelines.deleteConnection', { params: params.value });
  return deleted.ok ? succeed({ json: null, text: `The connection ${flags.connection} is deleted.\n` }) : deleted;
});

export const replaceSecret = inSession<OneFlags & Files>(async (session, flags, terminal) => {
  const params = await paramsOf(session, flags);
  if (!params.ok) return params;
  const secret = await fileText(flags.secretFile, 'The file of the secret');
  if (!secret.ok) return secret;
  const body = given({ secret: secret.value });
  const replaced = await session.client.call('pipelines.replaceSecret', { params: params.value, body });
  return replaced.ok ? succeed(shownOnce(terminal, replaced.value)) : replaced;
});

export const endOldSecret = inSession<OneFlags>(async (session, flags) => {
  const params = await paramsOf(session, flags);
  if (!params.ok) return params;
  const ended = await session.client.call('pipelines.endOldSecret', { params: params.value });
  return ended.ok ? succeed({ json: ended.value.json, text: `Only the new secret of ${flags.connection} is good from now on.\n` }) : ended;
});

export const setCredential = inSession<OneFlags & { readonly file: string }>(async (session, flags, terminal) => {
  const params = await paramsOf(session, flags);
  if (!params.ok) return params;
  const credential = await readText(flags.file, 'The file of the credential');
  if (!credential.ok) return credential;
  return show(session, terminal, 'pipelines.setCredential', { params: params.value, body: { credential: credential.value.trim() } });
});
