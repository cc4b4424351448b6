import { type Result, succeed } from '../../core/failure.ts';
import type { FoundPackage } from '../../core/sbom/index.ts';
import type { IndexEntry } from '../index/entry.ts';
import type { AdvisoryIndex } from '../index/look-up.ts';
import { schemeOf, type VersionScheme } from '../versions/index.ts';
import { judgeVersions } from '../versions/ranges.ts';
import type { Undecided, VulnerabilityMatch } from './matches.ts';
import { type Hit, mergeHits } from './merge.ts';
import { isOfOtherStream } from './modular.ts';
import type { Target } from './target.ts';

export interface PackageMatches {
  readonly matches: readonly VulnerabilityMatch[];
  readonly undecided: readonly Undecided[];
}

type Judge = ReturnType<typeof judgeVersions>;

/** Ranges are read once for all images that ask the same; an opened index keeps its entries. */
const judges = new WeakMap<IndexEntry, Judge>();

const judgeOf = (entry: IndexEntry, scheme: VersionScheme): Judge => {
  const known = judges.get(entry) ?? judgeVersions(entry, scheme);
  judges.set(entry, known);
  return known;
};

/** Asks the advisories of one ecosystem about one package. */
export const matchPackage = async (found: FoundPackage, target: Target, index: AdvisoryIndex): Promise<Result<PackageMatches>> => {
  const scheme = schemeOf(target.ecosystem);
  const hits: Hit[] = [];
  const unclear = new Map<string, string>();
  for (const { name, version } of target.asked) {
    const entries = await index.lookUp(name, target.release);
    if (!entries.ok) return entries;
    for (const entry of entries.value) {
      if (found.type === 'rpm' && isOfOtherStream(entry, version, found)) continue;
      const standing = scheme ? judgeOf(entry, scheme)(version) : ({ is: 'incomparable' } as const);
      if (standing.is === 'affected') hits.push({ entry, ...(standing.fixed !== undefined && { fixed: standing.fixed }) });
      if (standing.is === 'incomparable') unclear.set(entry.id, version);
    }
  }
  const matches = mergeHits(found, hits, target);
  // what another database could compare is decided
  const decided = new Set(matches.flatMap(({ id, aliases, advisories }) => [id, ...aliases, ...advisories]));
  const advisories = [...unclear.keys()].filter((id) => !decided.has(id)).sort();
  const [version = ''] = unclear.values();
  const reason = `version "${version}" cannot be compared with what the advisories name`;
  return succeed({ matches, undecided: advisories.length === 0 ? [] : [{ package: found, ecosystem: target.label, advisories, reason }] });
};
