import { readText } from '../../../adapters/local/files.ts';
import type { AnswerOf } from '../../../api/index.ts';
import { failed, type Result, succeed } from '../../../core/failure.ts';
import { triedText } from '../../tried-table.ts';
import { plain } from '../http/problem.ts';
import { clusterOf, type ProjectFlags, projectOf } from '../names.ts';
import { type Column, detailsText, listText } from '../output.ts';
import { change, given, inSession, type Said } from '../run.ts';
import type { PrintFlags, Session } from '../session.ts';

type InProject = PrintFlags & ProjectFlags;
type OneFlags = InProject & { readonly policy: string };
type Overview = AnswerOf<'policies.list'>['items'][number];
type Versions = AnswerOf<'policies.get'>['versions'];

const paramsOf = async ({ client }: Session, flags: OneFlags) => {
  const project = await projectOf(client, flags);
  return project.ok ? succeed({ ...project.value, policyName: flags.policy }) : project;
};

const columns: readonly Column<Overview>[] = [
  ['name', ({ name }) => name],
  ['built in', ({ builtIn }) => builtIn],
  ['active', ({ active, builtIn }) => (builtIn ? 'always' : active)],
  ['newest', ({ latest }) => latest],
  ['changed', ({ changedAt }) => changedAt],
];
const versionColumns: readonly Column<Versions[number]>[] = [
  ['version', ({ version }) => version],
  ['stored', ({ createdAt }) => createdAt],
  ['by', ({ createdBy }) => createdBy.name],
  ['sha256', ({ sha256 }) => sha256.slice(0, 12)],
];

export const listPolicies = inSession<InProject>(async ({ client }, flags, terminal) => {
  const params = await projectOf(client, flags);
  if (!params.ok) return params;
  const there = await client.call('policies.list', { params: params.value });
  return there.ok
    ? succeed({ json: there.value.json, text: listText(terminal, there.value.body.items, columns, 'There are no policies.') })
    : there;
});

/** A document as it was stored, harmless on a terminal. */
const documentText = (document: string): string => plain(document.endsWith('\n') ? document : `${document}\n`);

export const showPolicy = inSession<OneFlags & { readonly document?: boolean; readonly at?: number }>(
  async (session, flags, terminal): Promise<Result<Said>> => {
    const { client } = session;
    const params = await paramsOf(session, flags);
    if (!params.ok) return params;
    if (flags.at !== undefined) {
      const there = await client.call('policies.getVersion', { params: { ...params.value, version: flags.at } });
      if (!there.ok) return there;
      const { document, projectId: _, ...about } = there.value.body;
      const text = flags.document ? '' : `${detailsText(terminal, about)}\n`;
      return succeed({ json: there.value.json, text: `${text}${documentText(document)}` });
    }
    const there = await client.call('policies.get', { params: params.value });
    if (!there.ok) return there;
    const { document, versions, ...about } = there.value.body;
    if (flags.document)
      return document === undefined
        ? failed('not-found', `The policy "${flags.policy}" has no document.`)
        : succeed({ json: there.value.json, text: documentText(document) });
    const list = versions.length > 0 ? `\n${listText(terminal, versions, versionColumns, '')}` : '';
    return succeed({ json: there.value.json, text: `${detailsText(terminal, about)}${list}` });
  },
);

const activated = (session: Session, params: object, version: number) =>
  change(session, 'policies.get', 'policies.activate', { params, body: { version } });

export const storePolicy = inSession<InProject & { readonly file: string; readonly activate?: boolean }>(
  async (session, flags): Promise<Result<Said>> => {
    const document = await readText(flags.file, 'the policy');
    if (!document.ok) return document;
    const params = await projectOf(session.client, flags);
    if (!params.ok) return params;
    const stored = await session.client.call('policies.store', { params: params.value, body: { document: document.value } });
    if (!stored.ok) return stored;
    const { name, version, isNew } = stored.value.body;
    const text = `${isNew ? `Stored as version ${version}` : `It is version ${version} already`} of the policy ${name}`;
    if (!flags.activate)
      return succeed({
        json: stored.value.json,
        text: `${text}. It decides once it is activated: gatehouse policies activate ${name} ${version}\n`,
      });
    const active = await activated(session, { ...params.value, policyName: name }, version);
    return active.ok ? succeed({ json: stored.value.json, text: `${text}; it decides from now on.\n` }) : active;
  },
);

export const activatePolicy = inSession<OneFlags & { readonly version: string }>(async (session, flags, terminal) => {
  const params = await paramsOf(session, flags);
  if (!params.ok) return params;
  const version = Number(flags.version);
  if (!/^[1-9]\d{0,5}$/.test(flags.version))
    return failed(
      'input-invalid',
      `"${flags.version}" is no version; name its number, as gatehouse policies show ${flags.policy} lists it.`,
    );
  const active = await activated(session, params.value, version);
  return active.ok ? succeed({ json: active.value.json, text: detailsText(terminal, active.value.body as object) }) : active;
});

interface Trial extends OneFlags {
  readonly file?: string;
  readonly at?: number;
  readonly cluster?: string;
  readonly evaluations: number;
}
export const testPolicy = inSession<Trial>(async (session, flags, terminal): Promise<Result<Said>> => {
  const { file, at: version, cluster, evaluations } = flags;
  const document = file === undefined ? succeed(undefined) : await readText(file, 'the policy');
  if (!document.ok) return document;
  const params = await paramsOf(session, flags);
  if (!params.ok) return params;
  const one = cluster === undefined ? succeed(undefined) : await clusterOf(session.client, { ...flags, cluster });
  if (!one.ok) return one;
  const body = { evaluations, ...given({ version, document: document.value, clusterId: one.value?.clusterId }) };
  const tried = await session.client.call('policies.test', { params: params.value, body });
  if (!tried.ok) return tried;
  const { items, skipped } = tried.value.body;
  const text = items.length === 0 ? 'There is no evaluation to try it against.\n' : triedText(terminal, items);
  const note = skipped === 0 ? undefined : `${skipped} of the evaluations could not be tried.`;
  return succeed({ json: tried.value.json, text, note, exit: items.some(({ changes }) => changes) ? 1 : 0 });
});

export const deletePolicy = inSession<OneFlags>(async (session, flags) => {
  const params = await paramsOf(session, flags);
  if (!params.ok) return params;
  const deleted = await change(session, 'policies.get', 'policies.delete', { params: params.value });
  return deleted.ok ? succeed({ json: null, text: `The policy ${flags.policy} is deleted.\n` }) : deleted;
});
