import { type Result, succeed } from '../core/failure.ts';
import type { Collection, ListQuery, Page } from '../records/collection.ts';

/** Pages of the store read for one page of an answer at most: a filter that fits nothing must not read everything in one call. */
const mostReads = 20;

/**
 * A page of the entities that `keep` keeps. The cursor is that of the store, so it names the last entity that was looked at: what is added or removed meanwhile shifts nothing.
 */
export const listKept = async <T, K>(
  from: Collection<T, K>,
  { limit, ...query }: ListQuery & { readonly limit: number },
  keep: (value: T) => boolean = () => true,
): Promise<Result<{ items: T[]; next?: string }>> => {
  const items: T[] = [];
  let cursor = query.cursor;
  for (let reads = 0; reads < mostReads; reads++) {
    // never more than still fit: the store's cursor points behind a page, not into it
    const page: Result<Page<T>> = await from.list({ ...query, cursor, limit: limit - items.length });
    if (!page.ok) return page;
    items.push(...page.value.items.map(({ value }) => value).filter(keep));
    cursor = page.value.next;
    if (cursor === undefined || items.length >= limit) break;
  }
  return succeed({ items, ...(cursor === undefined ? {} : { next: cursor }) });
};
