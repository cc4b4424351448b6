import type { RouteId } from '../../api/index.ts';
import { type Result, succeed } from '../../core/failure.ts';
import type { Answer } from '../answer.ts';
import type { ExitStatus, Terminal } from '../terminal.ts';
import type { Answered, Asked, Client } from './client.ts';
import { type ProjectFlags, projectOf } from './names.ts';
import { type Column, detailsText, listText } from './output.ts';
import { type PrintFlags, type Session, withSession } from './session.ts';

/** What a command has to say: `json` for programs, `text` for people, on standard output. */
export interface Said {
  readonly json: unknown;
  readonly text: string;
  /** For people only, on standard error. */
  readonly note?: string | undefined;
  readonly exit?: ExitStatus;
}
export type Action<F extends PrintFlags> = (flags: F, terminal: Terminal) => Promise<Answer>;
export type Use<F extends PrintFlags> = (session: Session, flags: F, terminal: Terminal) => Promise<Result<Said>>;

/** A command that asks a service and prints what came of it. */
export const inSession =
  <F extends PrintFlags>(use: Use<F>): Action<F> =>
  async (flags, terminal) => {
    const said = await withSession(flags, terminal, (session) => use(session, flags, terminal));
    if (!said.ok) return said;
    const { json, text, note, exit = 0 } = said.value;
    terminal.out(flags.json ? `${JSON.stringify(json ?? null, null, 2)}\n` : text);
    if (note !== undefined && !flags.json) terminal.err(`${note}\n`);
    return { exit };
  };

type LooseAsked = { readonly params?: unknown; readonly query?: unknown; readonly body?: unknown; readonly ifMatch?: string | undefined };
/** A call of a route that is chosen at run time; what is sent is judged by the service, and what it answers by the schema of the route. */
export const callAny = (client: Client, id: RouteId, asked: LooseAsked = {}): Promise<Result<Answered<RouteId>>> =>
  client.call(id, asked as Asked<RouteId>);

export interface ListFlags extends PrintFlags {
  readonly all?: boolean;
  readonly limit?: number;
  readonly cursor?: string;
}
interface Listed {
  readonly id: RouteId;
  readonly params?: unknown;
  readonly query?: object;
  /** Said when there are none, e.g. `There are no teams.` */
  readonly none: string;
}

/** One page of a list, or all of them. */
export const list = async <T>(
  { client }: Session,
  flags: ListFlags,
  terminal: Terminal,
  { id, params, query, none }: Listed,
  columns: readonly Column<T>[],
): Promise<Result<Said>> => {
  const { all, limit, cursor } = flags;
  if (all) {
    const items = await client.all(id as 'teams.list', { params, query } as never);
    return items.ok ? succeed({ json: { items: items.value }, text: listText(terminal, items.value as T[], columns, none) }) : items;
  }
  const page = await callAny(client, id, { params, query: { ...query, limit, cursor } });
  if (!page.ok) return page;
  const { items, next } = page.value.body as unknown as { items: readonly T[]; next?: string };
  const note = next === undefined ? undefined : `There are more: --all, or --cursor ${next}`;
  // an empty page with a successor says nothing about the whole
  const text = items.length === 0 && next !== undefined ? '' : listText(terminal, items, columns, none);
  return succeed({ json: page.value.json, text, note });
};

/** The same of what belongs to a project: the one that is named, or the usual one. */
export const listOfProject = async <T>(
  session: Session,
  flags: ListFlags & ProjectFlags,
  terminal: Terminal,
  asked: Omit<Listed, 'params'>,
  columns: readonly Column<T>[],
): Promise<Result<Said>> => {
  const params = await projectOf(session.client, flags);
  return params.ok ? list(session, flags, terminal, { ...asked, params: params.value }, columns) : params;
};

/** One thing with all its fields. */
export const show = async ({ client }: Session, terminal: Terminal, id: RouteId, asked: LooseAsked = {}): Promise<Result<Said>> => {
  const answer = await callAny(client, id, asked);
  return answer.ok ? succeed({ json: answer.value.json, text: detailsText(terminal, (answer.value.body ?? {}) as object) }) : answer;
};

/** Changes a versioned thing as it is now: a change that somebody else makes in between is refused, not overwritten. */
export const change = async ({ client }: Session, get: RouteId, id: RouteId, asked: LooseAsked): Promise<Result<Answered<RouteId>>> => {
  const now = await callAny(client, get, { params: asked.params });
  return now.ok ? callAny(client, id, { ...asked, ifMatch: now.value.etag }) : now;
};

/** Without the fields that nobody gave. */
export const given = <T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as never;

/** `--policy <name>` and `--no-policy`. */
export interface PolicyFlags {
  readonly policy?: string | false;
}
/** As the API takes it: null gives up what was chosen; undefined changes nothing. */
export const policyFlag = ({ policy }: PolicyFlags): string | null | undefined => (policy === false ? null : policy);
