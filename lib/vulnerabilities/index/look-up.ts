import { gunzipSync } from 'node:zlib';
import { failed, type Result, succeed } from '../../core/failure.ts';
import { indexName } from '../advisory/ecosystem.ts';
import { entriesIn, type IndexEntry } from './entry.ts';
import type { IndexManifest } from './manifest.ts';
import { sha256, slotOf, slots } from './slots.ts';

/** Gives a shard by its name; `undefined` when there is none. */
export type ShardReader = (name: string) => Promise<Uint8Array | undefined>;

/** No shard unpacks to more; a forged one must not fill the memory. */
const mostUnpacked = 256 * 1024 * 1024;
/** Characters of unpacked shards that stay in memory, over all of an index. */
const mostKept = 64 * 1024 * 1024;

const unpack = (bytes: Uint8Array): string => gunzipSync(bytes, { maxOutputLength: mostUnpacked }).toString('utf8');

/** The entries of one package in one shard: by its name as `indexName` writes it, and the release, empty for an ecosystem that has none. */
export const lookUp = (shard: Uint8Array, packageName: string, release = ''): readonly IndexEntry[] =>
  entriesIn(unpack(shard), packageName, release);

/** The shard in which a package is, if it is anywhere. */
export const shardOf = ({ shards }: IndexManifest, packageName: string): IndexManifest['shards'][number] | undefined =>
  shards[Math.floor((slotOf(packageName) * shards.length) / slots)];

/** The index of one ecosystem, opened. Unpacked shards and what was asked are kept, because images of a fleet ask the same. */
export interface AdvisoryIndex {
  readonly manifest: IndexManifest;
  /** By the name that the ecosystem uses. A shard that is gone or damaged is a failure: silence would say that nothing is known. */
  lookUp(packageName: string, release: string): Promise<Result<readonly IndexEntry[]>>;
}

const damaged = (ecosystem: string, why: string) =>
  failed('not-found', `The advisories for ${ecosystem} are damaged: ${why}. Run "gatehouse vulnerabilities update" again.`);

export const openIndex = (manifest: IndexManifest, read: ShardReader): AdvisoryIndex => {
  const texts = new Map<string, string>();
  const asked = new Map<string, readonly IndexEntry[]>();
  let kept = 0;

  const keep = (name: string, text: string): string => {
    for (const [oldest, { length }] of texts) {
      if (kept + text.length <= mostKept) break;
      texts.delete(oldest);
      kept -= length;
    }
    if (!texts.has(name)) kept += text.length;
    texts.set(name, text);
    return text;
  };

  const readText = async ({ name, sha256: promised }: IndexManifest['shards'][number]): Promise<Result<string>> => {
    const bytes = await read(name);
    if (!bytes) return damaged(manifest.ecosystem, `${name} is missing`);
    if (sha256(bytes) !== promised) return damaged(manifest.ecosystem, `${name} has other bytes than its manifest says`);
    try {
      return succeed(keep(name, unpack(bytes)));
    } catch {
      return damaged(manifest.ecosystem, `${name} cannot be unpacked`);
    }
  };

  /** Shards that are being read: who asks at the same time waits for the same bytes. */
  const reading = new Map<string, Promise<Result<string>>>();
  const textOf = (shard: IndexManifest['shards'][number]): Promise<Result<string>> => {
    const known = texts.get(shard.name);
    if (known !== undefined) return Promise.resolve(succeed(known));
    const begun = reading.get(shard.name) ?? readText(shard).finally(() => reading.delete(shard.name));
    reading.set(shard.name, begun);
    return begun;
  };

  return {
    manifest,
    async lookUp(packageName, release) {
      const name = indexName(manifest.ecosystem, packageName);
      const key = `${release}\t${name}`;
      const known = asked.get(key);
      if (known) return succeed(known);
      const shard = shardOf(manifest, name);
      if (!shard) return damaged(manifest.ecosystem, 'its manifest names no shards');
      const text = await textOf(shard);
      if (!text.ok) return text;
      const entries = entriesIn(text.value, name, release);
      if (asked.size > 20_000) asked.clear();
      asked.set(key, entries);
      return succeed(entries);
    },
  };
};
