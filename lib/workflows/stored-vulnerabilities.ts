import { failed, type Result, succeed } from '../core/failure.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import {
  type AdvisoryIndex,
  type EpssScores,
  type ExploitedCatalogue,
  IndexManifest,
  openIndex,
  readEpss,
  readExploited,
} from '../vulnerabilities/index.ts';

export const vulnerabilityPrefix = 'vulnerabilities/';

/** What is stored of vulnerabilities. */
export interface StoredVulnerabilities {
  /** By ecosystem without its release. */
  readonly advisories: ReadonlyMap<string, AdvisoryIndex>;
  readonly epss?: EpssScores;
  readonly exploited?: ExploitedCatalogue;
}

/** Keys under a prefix, in order. */
export const keysIn = async (store: ObjectStore, prefix: string): Promise<Result<readonly string[]>> => {
  const keys: string[] = [];
  for (let cursor: string | undefined; ; ) {
    const page = await store.list(prefix, cursor);
    if (!page.ok) return page;
    keys.push(...page.value.objects.map(({ key }) => key));
    cursor = page.value.next;
    if (cursor === undefined) return succeed(keys);
  }
};

/** The manifests of each folder, the newest last: their names are times. */
export const manifestsIn = (keys: readonly string[]): ReadonlyMap<string, readonly string[]> =>
  Map.groupBy(keys.filter((key) => /\/manifest-[^/]+\.json$/.test(key)).toSorted(), (key) => key.slice(0, key.lastIndexOf('/')));

/** Reads a manifest; one that cannot be read is a failure, because its ecosystem would be silent. */
export const readManifest = async (store: ObjectStore, key: string): Promise<Result<IndexManifest>> => {
  const found = await store.get(key);
  if (!found.ok) return found;
  try {
    return succeed(IndexManifest.parse(JSON.parse(Buffer.from(found.value.body).toString('utf8'))));
  } catch {
    return failed('answer-invalid', `The stored advisories ${key} are damaged; run \`gatehouse vulnerabilities update\` again.`);
  }
};

const newest = async (store: ObjectStore, keys: readonly string[], folder: string): Promise<Result<Uint8Array | undefined>> => {
  const key = keys
    .filter((one) => one.startsWith(`${vulnerabilityPrefix}${folder}/`))
    .toSorted()
    .at(-1);
  if (key === undefined) return succeed(undefined);
  const found = await store.get(key);
  return found.ok ? succeed(found.value.body) : found;
};

/** Opens the newest of everything that was stored; nothing but manifests, scores and the catalogue is read yet. */
export const storedVulnerabilities = async (store: ObjectStore): Promise<Result<StoredVulnerabilities>> => {
  const keys = await keysIn(store, vulnerabilityPrefix);
  if (!keys.ok) return keys;
  const advisories = new Map<string, AdvisoryIndex>();
  for (const manifests of manifestsIn(keys.value).values()) {
    const manifest = await readManifest(store, manifests.at(-1) ?? '');
    if (!manifest.ok) return manifest;
    const shard = async (name: string) => {
      const found = await store.get(`${vulnerabilityPrefix}${name}`);
      return found.ok ? found.value.body : undefined;
    };
    advisories.set(manifest.value.ecosystem, openIndex(manifest.value, shard));
  }
  const [scores, catalogue] = [await newest(store, keys.value, 'epss'), await newest(store, keys.value, 'exploited')];
  if (!scores.ok) return scores;
  if (!catalogue.ok) return catalogue;
  const epss = scores.value && readEpss(scores.value);
  if (epss && !epss.ok) return epss;
  const exploited = catalogue.value && readExploited(Buffer.from(catalogue.value).toString('utf8'));
  if (exploited && !exploited.ok) return exploited;
  return succeed({ advisories, ...(epss && { epss: epss.value }), ...(exploited && { exploited: exploited.value }) });
};
