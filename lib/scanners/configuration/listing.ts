import type { z } from 'zod';
import type { Slice, Unread } from '../../core/facts/index.ts';
import { forbidden, missingRights, seen, unseen } from '../../core/facts/index.ts';
import type { Failure } from '../../core/failure.ts';
import { type Need, type Right, rightText } from '../../core/need.ts';
import type { ClusterAccess, ListOptions } from '../../ports/cluster-access.ts';

/** One list that the scan asks for: where it is, and what it is for. */
export interface Listing {
  /** API group; the core group is ''. */
  readonly group: string;
  readonly version: string;
  readonly resource: string;
  /** Asked for in one namespace; in the whole cluster when left out. */
  readonly namespace?: string;
  readonly feeds: Need['feeds'];
  readonly purpose: string;
}

/** The path of a list, e.g. `/apis/apps/v1/namespaces/default/deployments`. */
export const pathOf = ({ group, version, resource, namespace }: Listing): string =>
  [group === '' ? '/api' : `/apis/${group}`, version, ...(namespace ? ['namespaces', namespace] : []), resource].join('/');

/** The right that a list needs. */
export const needOf = ({ group, resource, namespace, feeds, purpose }: Listing): Need => ({
  apiGroup: group,
  resource,
  verb: 'list',
  ...(namespace === undefined ? {} : { namespace }),
  feeds,
  purpose,
  holder: 'scanner',
});

/** Why a slice could not be had; a missing right is named in full. */
export const unreadFor = (right: Right, failure: Failure): Unread =>
  failure.code === 'permission-missing' ? forbidden(rightText(right)) : unseen(failure.say);

type ReadOptions = Pick<ListOptions, 'query' | 'metadataOnly'> & {
  /** A list the cluster does not have counts as empty: the API is optional and says so by 404. */
  readonly mayBeMissing?: boolean;
};

/** Hands on every item of a list; `restart` is called when all of them must be forgotten because the list begins again. */
export const readEach = async <T>(
  access: ClusterAccess,
  listing: Listing,
  item: z.ZodType<T>,
  each: (item: T) => void,
  restart: () => void,
  { mayBeMissing = false, ...options }: ReadOptions = {},
): Promise<Slice<void>> => {
  const answer = await access.list(pathOf(listing), item, each, { ...options, onRestart: restart });
  if (answer.ok || (mayBeMissing && answer.failure.code === 'not-found')) return seen(undefined);
  return unreadFor(needOf(listing), answer.failure);
};

/** Reads a list and keeps what `keep` makes of its items. */
export const readAll = async <T, F>(
  access: ClusterAccess,
  listing: Listing,
  item: z.ZodType<T>,
  keep: (item: T) => F,
  options: ReadOptions = {},
): Promise<Slice<readonly F[]>> => {
  const kept: F[] = [];
  const add = (one: T) => kept.push(keep(one));
  const read = await readEach(access, listing, item, add, () => kept.splice(0), options);
  return read.read ? seen(kept) : read;
};

/** Several slices that were not read as one, with every reason once. */
const allUnread = (unread: readonly Unread[]): Unread => {
  const missing = [...new Set(unread.flatMap((slice) => slice.missing ?? []))];
  const others = unread.flatMap((slice) => (slice.missing ? [] : [slice.reason]));
  const reason = [...(missing.length > 0 ? [missingRights(missing)] : []), ...new Set(others)].join(' ');
  return { ...unseen(reason), ...(missing.length > 0 ? { missing } : {}) };
};

type Values<S> = { readonly [K in keyof S]: S[K] extends Slice<infer T> ? T : never };

/** The values of several slices that only make sense together; if any was not read, the reasons of all that were not. */
export const together = <S extends Readonly<Record<string, Slice<unknown>>>>(slices: S): Slice<Values<S>> => {
  const unread = Object.values(slices).flatMap((slice) => (slice.read ? [] : [slice]));
  if (unread.length > 0) return allUnread(unread);
  return seen(Object.fromEntries(Object.entries(slices).map(([name, slice]) => [name, slice.read ? slice.value : undefined])) as Values<S>);
};

/** Runs tasks with at most `atOnce` under way; answers come in the order of the tasks. */
export const inTurn = async <T>(tasks: readonly (() => Promise<T>)[], atOnce = 4): Promise<readonly T[]> => {
  const answers: T[] = [];
  const waiting = tasks.entries();
  const work = async () => {
    for (const [index, task] of waiting) answers[index] = await task();
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, tasks.length) }, work));
  return answers;
};

/** Compares texts by their code units, so that the order is the same on every machine. */
export const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** The same object without the fields that are undefined: absent and undefined are not the same to the facts. */
export const given = <T extends object>(fields: { readonly [K in keyof T]: T[K] | undefined }): T =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T;
