import { gzipSync } from 'node:zlib';
import { readTime } from '../../core/time.ts';
import type { Advisory } from '../advisory/advisory.ts';
import { isDistribution } from '../advisory/ecosystem.ts';
import { Bucket } from './bucket.ts';
import { entryOf, writeLine } from './entry.ts';
import type { IndexManifest } from './manifest.ts';
import { sha256, slotOf, slots } from './slots.ts';

export interface IndexShard {
  readonly name: string;
  readonly bytes: Uint8Array;
}

export interface BuiltIndex {
  readonly manifest: IndexManifest;
  readonly shards: readonly IndexShard[];
}

export interface BuildOptions {
  /** As of when the data is, as its source says (`Last-Modified`). ISO 8601. */
  readonly dataDate?: string;
}

/** Characters of a shard on average: small enough to read for one package, large enough to pack well. */
const wantedSize = 131_072;

/** `Red Hat` → `red-hat`. */
const slug = (ecosystem: string): string => ecosystem.toLowerCase().replace(/[^a-z0-9.]+/g, '-');

const shardsFor = (characters: number): number => {
  let count = 1;
  while (count < slots && characters / count > wantedSize) count *= 2;
  return count;
};

const later = (a: string | null, b: string | undefined): string | null => {
  const at = b === undefined ? undefined : readTime(b);
  if (b === undefined || at === undefined) return a;
  return a === null || at > (readTime(a) ?? 0) ? b : a;
};

const nameOf = (line: string): string => line.slice(0, line.indexOf('\t'));

/** Lines of a shard in one order whatever order the advisories came in, each once: repositories of one release repeat their notices. */
const shardText = (buckets: readonly Bucket[]): { readonly text: string; readonly packages: number } => {
  const lines = [...new Set(buckets.flatMap((bucket) => bucket.lines()))].sort();
  return { text: `\n${lines.join('\n')}\n`, packages: new Set(lines.map(nameOf)).size };
};

/**
 * The index of one ecosystem (without a release: `Debian`) from its advisories, in any order. Same advisories, same bytes. Memory follows the packed size: an ecosystem of
 * 200,000 advisories needs some dozens of MiB.
 */
export const buildIndex = async (
  ecosystem: string,
  advisories: AsyncIterable<Advisory> | Iterable<Advisory>,
  { dataDate }: BuildOptions = {},
): Promise<BuiltIndex> => {
  const buckets = Array.from({ length: slots }, () => new Bucket());
  const releases = new Set<string>();
  const counts = { advisories: 0, withdrawn: 0, packages: 0 };
  let newest: string | null = null;
  for await (const advisory of advisories) {
    const here = advisory.affected.filter((affected) => affected.ecosystem === ecosystem);
    if (here.length === 0) continue;
    // an advisory taken back is news, too
    newest = [advisory.published, advisory.modified, advisory.withdrawn].reduce(later, newest);
    if (advisory.withdrawn !== undefined) {
      counts.withdrawn += 1;
      continue;
    }
    counts.advisories += 1;
    for (const affected of here) {
      if (isDistribution(ecosystem) && affected.release !== '') releases.add(affected.release);
      buckets[slotOf(affected.name)]?.add(writeLine(affected.name, affected.release, entryOf(advisory, affected)));
    }
  }
  const count = shardsFor(buckets.reduce((sum, { size }) => sum + size, 0));
  const shards: IndexShard[] = [];
  for (let shard = 0; shard < count; shard += 1) {
    const { text, packages } = shardText(buckets.splice(0, slots / count));
    counts.packages += text.length > 2 ? packages : 0;
    const bytes = Uint8Array.from(gzipSync(text, { level: 6 }));
    shards.push({ name: `${slug(ecosystem)}/${sha256(bytes).slice(0, 32)}.gz`, bytes });
  }
  return {
    manifest: {
      schemaVersion: 1,
      ecosystem,
      ...counts,
      newest,
      dataDate: dataDate ?? newest,
      releases: [...releases].sort(),
      shards: shards.map(({ name, bytes }) => ({ name, sha256: sha256(bytes), bytes: bytes.byteLength })),
    },
    shards,
  };
};
