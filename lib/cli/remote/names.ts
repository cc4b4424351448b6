import { failed, type Result, succeed } from '../../core/failure.ts';
import { isSameName } from '../../records/names.ts';
import type { Client, ItemOf, ListId } from './client.ts';
import { plain } from './http/problem.ts';

interface Kind<Id extends ListId> {
  readonly list: Id;
  /** How its ids look; such a text is taken as an id and not looked up. */
  readonly id: RegExp;
  /** What a person may call it. */
  names(item: ItemOf<Id>): readonly (string | undefined)[];
}
const kind = <Id extends ListId>(of: Kind<Id>): Kind<Id> => of;
const hex = '[0-9a-f]{12,32}';

const kinds = {
  project: kind({ list: 'projects.list', id: new RegExp(`^(default|prj-${hex})$`), names: ({ name }) => [name] }),
  cluster: kind({ list: 'clusters.list', id: new RegExp(`^cls-${hex}$`), names: ({ name }) => [name] }),
  team: kind({ list: 'teams.list', id: new RegExp(`^tem-${hex}$`), names: ({ name }) => [name] }),
  role: kind({ list: 'roles.list', id: new RegExp(`^rol-${hex}$`), names: ({ id, name }) => [id, name] }),
  user: kind({ list: 'users.list', id: new RegExp(`^usr-${hex}$`), names: ({ name, email, subject }) => [name, email, subject] }),
  token: kind({
    list: 'tokens.list',
    id: new RegExp(`^tok-${hex}$`),
    names: ({ name, revokedAt }) => [revokedAt === undefined ? name : undefined],
  }),
  connection: kind({ list: 'pipelines.listConnections', id: new RegExp(`^con-${hex}$`), names: ({ name }) => [name] }),
  'trust rule': kind({ list: 'pipelines.listTrustRules', id: new RegExp(`^tru-${hex}$`), names: ({ name }) => [name] }),
  webhook: kind({ list: 'webhooks.list', id: new RegExp(`^whk-${hex}$`), names: ({ url }) => [url] }),
};
export type Named = keyof typeof kinds;

const mostShown = 20;
type Entry = { readonly id: string; readonly names: readonly string[] };

const choice = (what: Named, entries: readonly Entry[]): string => {
  const names = entries.flatMap(({ names: [first] }) => first ?? []).toSorted();
  if (names.length === 0) return `there are no ${what}s that you see`;
  const shown = names.slice(0, mostShown).map((name) => `"${plain(name)}"`);
  return `there is ${shown.join(', ')}${names.length > mostShown ? ` and ${names.length - mostShown} more` : ''}`;
};

const matching = (text: string, entries: readonly Entry[], what: Named): Result<string> => {
  const found = entries.filter(({ id, names }) => id === text || names.some((name) => isSameName(name, text)));
  const [only, second] = found;
  if (only && !second) return succeed(only.id);
  if (!only) return failed('not-found', `There is no ${what} "${plain(text)}"; ${choice(what, entries)}.`);
  return failed('input-invalid', `Several ${what}s are called "${plain(text)}": ${found.map(({ id }) => id).join(', ')}; give the id.`);
};

/** The id of something that a person names: by id, or by name without regard to case. */
export const idOf = async (client: Client, what: Named, text: string, params: object = {}): Promise<Result<string>> => {
  const { list, id, names } = kinds[what] as Kind<ListId>;
  if (id.test(text)) return succeed(text);
  const items = await client.all(list, { params, ...(what === 'cluster' ? { query: { removed: 'true' } } : {}) } as never);
  // a built-in role has a name everybody knows, also who may not list roles
  if (!items.ok) return what === 'role' && items.failure.code === 'permission-missing' ? succeed(text) : items;
  const isRemoved = (item: object) => 'state' in item && item.state === 'removed';
  const entries = items.value.map((item) => ({
    id: (item as { id: string }).id,
    names: names(item as never).filter((name) => name !== undefined),
    removed: isRemoved(item as object),
  }));
  // a name that is free again belongs to the one that has it now
  const active = matching(
    text,
    entries.filter(({ removed }) => !removed),
    what,
  );
  if (active.ok || active.failure.code !== 'not-found') return active;
  const removed = matching(
    text,
    entries.filter((entry) => entry.removed),
    what,
  );
  return removed.ok || removed.failure.code !== 'not-found' ? removed : active;
};

export interface ProjectFlags {
  readonly project: string;
}
export interface ClusterFlags extends ProjectFlags {
  readonly cluster: string;
}

export const projectOf = async (client: Client, { project }: ProjectFlags): Promise<Result<{ readonly projectId: string }>> => {
  const id = await idOf(client, 'project', project);
  return id.ok ? succeed({ projectId: id.value }) : id;
};

export const clusterOf = async (
  client: Client,
  flags: ClusterFlags,
): Promise<Result<{ readonly projectId: string; readonly clusterId: string }>> => {
  const project = await projectOf(client, flags);
  if (!project.ok) return project;
  const id = await idOf(client, 'cluster', flags.cluster, project.value);
  return id.ok ? succeed({ ...project.value, clusterId: id.value }) : id;
};
