import { readFileSync } from 'node:fs';
import type { FoundPackage, ImageInventory, OperatingSystem } from '../../lib/core/sbom/index.ts';
import {
  type Advisories,
  type Advisory,
  type AdvisoryIndex,
  type BuiltIndex,
  buildIndex,
  openIndex,
  reduceAdvisory,
} from '../../lib/vulnerabilities/index.ts';
import { must } from './answers.ts';

export type AdvisoryData = 'Go' | 'PyPI' | 'crates.io' | 'distributions';

/** The advisories of a file under test/data/osv. */
export const advisoriesOf = (name: AdvisoryData): readonly Advisory[] => {
  const documents = JSON.parse(readFileSync(new URL(`../data/osv/${name}.json`, import.meta.url), 'utf8')) as readonly unknown[];
  return documents.map((document) => must(reduceAdvisory(document)));
};

/** A built index, opened over its own bytes. */
export const openBuilt = ({ manifest, shards }: BuiltIndex): AdvisoryIndex => {
  const byName = new Map(shards.map(({ name, bytes }) => [name, bytes]));
  return openIndex(manifest, async (name) => byName.get(name));
};

/** Indexes of some ecosystems over the same advisories. */
export const indexed = async (advisories: readonly Advisory[], ecosystems: readonly string[]): Promise<Advisories> => {
  const indexes = new Map<string, AdvisoryIndex>();
  for (const ecosystem of ecosystems) indexes.set(ecosystem, openBuilt(await buildIndex(ecosystem, advisories)));
  return indexes;
};

export const aPackage = (parts: Pick<FoundPackage, 'type' | 'name' | 'version'> & Partial<FoundPackage>): FoundPackage => ({
  locations: [{ path: 'app/list', layer: `sha256:${'1'.repeat(64)}` }],
  cataloger: 'test',
  ...parts,
});

export const anInventory = (packages: readonly FoundPackage[], os?: OperatingSystem): ImageInventory => ({
  schemaVersion: 1,
  analyser: 'test',
  image: {
    name: 'registry.example.com/shop/front:1.4',
    repository: 'registry.example.com/shop/front',
    tag: '1.4',
    digest: `sha256:${'a'.repeat(64)}`,
    indexDigest: `sha256:${'b'.repeat(64)}`,
    configDigest: `sha256:${'c'.repeat(64)}`,
    platform: { os: 'linux', architecture: 'amd64' },
    layers: [],
  },
  ...(os && { os }),
  packages: [...packages],
  troubles: [],
});
