import { type Result, succeed } from '../core/failure.ts';
import type { Collection, ListQuery } from '../records/collection.ts';

type Kept<T> = { items: T[]; next?: string };

/** A filter reads so many entities at once … */
const filteredAtOnce = 200;
/** … so many times at most for one page of an answer: one that fits nothing must not read everything in one call. */
const mostReads = 10;

/** Reads some entities, of which no more than `room` are kept. The store's cursor points behind what was read, so whatever finds no room must not have been read. */
const readFitting = async <T, K>(
  from: Collection<T, K>,
  query: ListQuery,
  room: number,
  keep: (value: T) => boolean,
): Promise<Result<Kept<T>>> => {
  let limit = query.limit ?? room;
  for (;;) {
    const page = await from.list({ ...query, limit });
    if (!page.ok) return page;
    const { items: read, next } = page.value;
    const values = read.map(({ value }) => value);
    const items = values.filter(keep);
    const tooMuch = items[room];
    if (tooMuch === undefined) return succeed({ items, ...(next === undefined ? {} : { next }) });
    limit = values.indexOf(tooMuch);
  }
};

/**
 * A page of the entities that `keep` keeps. The cursor is that of the store, so it names the last entity that was looked at: what is added or removed meanwhile shifts nothing.
 */
export const listKept = async <T, K>(
  from: Collection<T, K>,
  { limit, ...query }: ListQuery & { readonly limit: number },
  keep?: (value: T) => boolean,
): Promise<Result<Kept<T>>> => {
  const items: T[] = [];
  let cursor = query.cursor;
  for (let reads = 0; reads < mostReads; reads++) {
    const room = limit - items.length;
    const page = await readFitting(from, { ...query, cursor, limit: keep ? filteredAtOnce : room }, room, keep ?? (() => true));
    if (!page.ok) return page;
    items.push(...page.value.items);
    cursor = page.value.next;
    if (cursor === undefined || items.length >= limit) break;
  }
  return succeed({ items, ...(cursor === undefined ? {} : { next: cursor }) });
};
