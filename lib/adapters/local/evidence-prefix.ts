import { createHash } from 'node:crypto';
import { failed, type Result, succeed } from '../../core/failure.ts';
import type { EvidenceFile, EvidenceSource } from '../../ports/evidence-source.ts';
import type { ObjectStore } from '../../ports/object-store.ts';

/** A page of a listing that names the page before as its next would go on for ever. */
const listAll = async (store: ObjectStore, prefix: string): Promise<Result<readonly EvidenceFile[]>> => {
  const files: EvidenceFile[] = [];
  const seen = new Set<string>();
  let cursor: string | undefined;
  do {
    const page = await store.list(prefix, cursor);
    if (!page.ok) return page;
    files.push(...page.value.objects.map(({ key, size }) => ({ path: key.slice(prefix.length), size })));
    cursor = page.value.next;
    if (cursor !== undefined && seen.has(cursor)) return failed('answer-invalid', 'The evidence store lists in circles; try again.');
    if (cursor !== undefined) seen.add(cursor);
  } while (cursor !== undefined);
  return succeed(files.toSorted((a, b) => (a.path < b.path ? -1 : 1)));
};

/**
 * Evidence under a prefix of an object store, read as everybody reads it: the newest version of each object. A newer version over a sealed one, which no lock forbids, is thereby seen as a change.
 * The prefix is empty or the name of a folder, with or without `/` at its end.
 */
export const createEvidencePrefix = (store: ObjectStore, prefix: string): EvidenceSource => {
  const base = prefix === '' || prefix.endsWith('/') ? prefix : `${prefix}/`;
  const bodyOf = async (path: string): Promise<Result<Uint8Array>> => {
    const got = await store.get(`${base}${path}`);
    return got.ok ? succeed(got.value.body) : got;
  };
  return {
    list: () => listAll(store, base),
    read: async (path, most) => {
      const body = await bodyOf(path);
      return body.ok ? succeed(body.value.subarray(0, most)) : body;
    },
    digest: async (path) => {
      const body = await bodyOf(path);
      if (!body.ok) return body;
      return succeed({ sha256: createHash('sha256').update(body.value).digest('hex'), size: body.value.length });
    },
  };
};
