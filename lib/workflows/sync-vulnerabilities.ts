import { failed, type Result, succeed } from '../core/failure.ts';
import type { AdvisoryCollection, AdvisorySource, AdvisoryText } from '../ports/advisory-source.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import {
  type BuiltIndex,
  buildIndex,
  type IndexManifest,
  ecosystems as knownEcosystems,
  newTally,
  readAdvisories,
  readEpss,
  readExploited,
} from '../vulnerabilities/index.ts';
import type { Progress } from './progress.ts';
import { keysIn, manifestsIn, readManifest, vulnerabilityPrefix } from './stored-vulnerabilities.ts';

export interface SyncInput {
  readonly store: ObjectStore;
  /** Advisories that lie here; then nothing is fetched. */
  readonly from?: readonly AdvisoryCollection[] | undefined;
  /** Where to fetch from otherwise. */
  readonly source?: AdvisorySource | undefined;
  /** Which ecosystems; all that can be matched without. */
  readonly ecosystems?: readonly string[] | undefined;
  /** FIRST's scores and CISA's catalogue, as they are published. */
  readonly epss?: Uint8Array | undefined;
  readonly exploited?: Uint8Array | undefined;
  now(): string;
  readonly signal: AbortSignal;
  readonly progress?: Progress | undefined;
}

/** What became of one ecosystem. */
export interface SyncedEcosystem {
  readonly ecosystem: string;
  readonly manifest?: IndexManifest;
  /** Why there is nothing new: a sentence. What was stored before stays. */
  readonly failure?: string;
  /** Advisories that could not be read, the first of them with the reason. */
  readonly unreadable: number;
  readonly troubles: readonly string[];
}

/** Manifests that are kept: the newest, and the one before, which a scan may be reading. */
const kept = 2;

/** A key that sorts by time: `20261128T080000000Z`. */
const stamp = (now: string): string => now.replace(/[-:.]/g, '');

const put = async (store: ObjectStore, key: string, body: Uint8Array, contentType: string): Promise<Result<void>> => {
  const done = await store.putIfAbsent(key, body, { contentType });
  return done.ok ? succeed(undefined) : done;
};

const removeAll = async (store: ObjectStore, keys: readonly string[]): Promise<Result<void>> => {
  for (const key of keys) {
    const found = await store.get(key);
    if (!found.ok && found.failure.code === 'not-found') continue;
    const gone = found.ok ? await store.remove(found.value.object) : found;
    if (!gone.ok) return gone;
  }
  return succeed(undefined);
};

/** Removes what no kept manifest names: first manifests, then shards, so that none is left without its shards. */
const forget = async (store: ObjectStore, folder: string): Promise<Result<void>> => {
  const keys = await keysIn(store, `${folder}/`);
  if (!keys.ok) return keys;
  const manifests = manifestsIn(keys.value).get(folder) ?? [];
  const old = manifests.slice(0, -kept);
  const used = new Set(manifests);
  for (const key of manifests.slice(-kept)) {
    const manifest = await readManifest(store, key);
    if (!manifest.ok) return manifest;
    for (const { name } of manifest.value.shards) used.add(`${vulnerabilityPrefix}${name}`);
  }
  return removeAll(store, [...old, ...keys.value.filter((key) => !used.has(key))]);
};

/** Stores an index: its shards, and last of all its manifest, so that it is there whole or not at all. */
const storeIndex = async (store: ObjectStore, { manifest, shards }: BuiltIndex, now: string): Promise<Result<void>> => {
  const folder = `${vulnerabilityPrefix}${manifest.shards[0]?.name.split('/')[0] ?? ''}`;
  for (const { name, bytes } of shards) {
    const done = await put(store, `${vulnerabilityPrefix}${name}`, bytes, 'application/gzip');
    if (!done.ok) return done;
  }
  const text = Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`);
  const done = await put(store, `${folder}/manifest-${stamp(now)}.json`, text, 'application/json');
  return done.ok ? forget(store, folder) : done;
};

async function* allOf(collections: readonly AdvisoryCollection[], signal: AbortSignal): AsyncGenerator<AdvisoryText> {
  for (const collection of collections) yield* collection.texts(signal);
}

const syncOne = async (
  ecosystem: string,
  collections: readonly AdvisoryCollection[],
  { store, now, signal }: SyncInput,
): Promise<Result<SyncedEcosystem>> => {
  const tally = newTally();
  const dataDate = collections.length === 1 ? collections[0]?.dataDate : undefined;
  const built = await buildIndex(
    ecosystem,
    readAdvisories(allOf(collections, signal), tally),
    dataDate === undefined ? {} : { dataDate },
  ).catch((error: unknown) => (error instanceof Error ? error.message : String(error)));
  const told = { ecosystem, unreadable: tally.unreadable, troubles: tally.troubles.slice(0, 3).map(({ file, say }) => `${file}: ${say}`) };
  if (signal.aborted) return failed('cancelled', 'Updating advisories was cancelled; what was stored before stays.');
  if (typeof built === 'string') return succeed({ ...told, failure: built });
  if (built.manifest.advisories === 0) return succeed({ ...told, failure: `There is no advisory for ${ecosystem} in what was given.` });
  const stored = await storeIndex(store, built, now());
  return stored.ok ? succeed({ ...told, manifest: built.manifest }) : stored;
};

/** Which of the ecosystems each collection speaks of, so that it is read again for those alone. */
const sortByEcosystem = async (
  from: readonly AdvisoryCollection[],
  signal: AbortSignal,
): Promise<Result<ReadonlyMap<string, readonly AdvisoryCollection[]>>> => {
  const found = new Map<string, AdvisoryCollection[]>();
  for (const collection of from) {
    const here = new Set<string>();
    try {
      for await (const { affected } of readAdvisories(collection.texts(signal), newTally()))
        for (const { ecosystem } of affected) here.add(ecosystem);
    } catch (error) {
      return failed('input-invalid', error instanceof Error ? error.message : String(error));
    }
    for (const ecosystem of here) found.set(ecosystem, [...(found.get(ecosystem) ?? []), collection]);
  }
  return succeed(found);
};

const storeExtras = async ({ store, epss, exploited, now }: SyncInput): Promise<Result<void>> => {
  const scores = epss && readEpss(epss);
  if (scores && !scores.ok) return scores;
  const catalogue = exploited && readExploited(Buffer.from(exploited).toString('utf8'));
  if (catalogue && !catalogue.ok) return catalogue;
  const extras = [
    ['epss', 'csv', epss],
    ['exploited', 'json', exploited],
  ] as const;
  for (const [name, end, bytes] of extras) {
    if (!bytes) continue;
    const folder = `${vulnerabilityPrefix}${name}/`;
    const done = await put(store, `${folder}${stamp(now())}.${end}`, bytes, 'application/octet-stream');
    if (!done.ok) return done;
    const keys = await keysIn(store, folder);
    if (!keys.ok) return keys;
    const gone = await removeAll(store, keys.value.slice(0, -kept));
    if (!gone.ok) return gone;
  }
  return succeed(undefined);
};

const unknownNames = (ecosystems: readonly string[]): Result<void> => {
  const wrong = ecosystems.find((one) => !knownEcosystems.includes(one));
  return wrong === undefined
    ? succeed(undefined)
    : failed('input-invalid', `"${wrong}" is no ecosystem whose packages can be compared; choose from ${knownEcosystems.join(', ')}.`);
};

/** Reads advisories from files, or fetches them, and stores them as indexes. Each ecosystem by itself: one that fails leaves what was stored of it. */
export const syncVulnerabilities = async (input: SyncInput): Promise<Result<readonly SyncedEcosystem[]>> => {
  const { from, source, ecosystems, signal, progress } = input;
  const named = unknownNames(ecosystems ?? []);
  if (!named.ok) return named;
  const extras = await storeExtras(input);
  if (!extras.ok) return extras;
  const sorted = from ? await sortByEcosystem(from, signal) : succeed(undefined);
  if (!sorted.ok) return sorted;
  const wanted = ecosystems ?? knownEcosystems.filter((one) => sorted.value?.has(one) ?? true);
  const synced: SyncedEcosystem[] = [];
  for (const [done, ecosystem] of wanted.entries()) {
    progress?.({ done, total: wanted.length, doing: `reading advisories for ${ecosystem}` });
    let one: Result<SyncedEcosystem>;
    if (sorted.value) one = await syncOne(ecosystem, sorted.value.get(ecosystem) ?? [], input);
    else {
      const fetched = source
        ? await source.fetch(ecosystem, signal)
        : failed('input-invalid', 'Name files, or a host to fetch advisories from.');
      if (!fetched.ok && fetched.failure.code === 'cancelled') return fetched;
      if (fetched.ok) {
        await using collection = fetched.value;
        one = await syncOne(ecosystem, [collection], input);
      } else one = succeed({ ecosystem, failure: fetched.failure.say, unreadable: 0, troubles: [] });
    }
    if (!one.ok) return one;
    synced.push(one.value);
  }
  return succeed(synced);
};
