import { bySeverity } from '../../core/outcome.ts';
import type { FoundPackage } from '../../core/sbom/index.ts';
import type { Rating } from '../advisory/advisory.ts';
import { isCve } from '../advisory/identities.ts';
import type { IndexEntry } from '../index/entry.ts';
import { schemeOf } from '../versions/index.ts';
import type { VulnerabilityMatch } from './matches.ts';

/** An advisory that says a package is affected. */
export interface Hit {
  readonly entry: IndexEntry;
  readonly fixed?: string;
}

interface Group {
  readonly ids: Set<string>;
  readonly hits: Set<Hit>;
}

/** Puts together what shares a name: one vulnerability, however many databases describe it. */
const groupHits = (hits: readonly Hit[]): readonly Group[] => {
  const byId = new Map<string, Group>();
  for (const hit of hits)
    for (const ids of hit.entry.vulnerabilities) {
      const group: Group = { ids: new Set(ids), hits: new Set([hit]) };
      for (const known of new Set(ids.flatMap((id) => byId.get(id) ?? []))) {
        for (const id of known.ids) group.ids.add(id);
        for (const one of known.hits) group.hits.add(one);
      }
      for (const id of group.ids) byId.set(id, group);
    }
  return [...new Set(byId.values())];
};

/** A CVE, else GitHub's id, else the first by the alphabet. */
const rank = (id: string): number => (isCve(id) ? 0 : id.startsWith('GHSA-') ? 1 : 2);
const byRank = (a: string, b: string): number => rank(a) - rank(b) || (a < b ? -1 : 1);

/** Scores before words, the worst first: two databases that disagree are both read. */
const byRating = (a: Rating, b: Rating): number =>
  Number(a.from === 'word') - Number(b.from === 'word') || bySeverity(a.severity, b.severity) || (b.score ?? 0) - (a.score ?? 0);

const ratingOf = (hits: readonly Hit[]): Pick<VulnerabilityMatch, 'severity' | 'unscored' | 'score' | 'vector'> => {
  const [worst] = hits.flatMap(({ entry }) => entry.rating ?? []).sort(byRating);
  if (!worst) return { severity: 'medium', unscored: true };
  const { severity, score, vector } = worst;
  return { severity, unscored: false, ...(score !== undefined && { score }), ...(vector !== undefined && { vector }) };
};

const fixesOf = (hits: readonly Hit[], ecosystem: string): readonly string[] => {
  const scheme = schemeOf(ecosystem);
  const fixes = [...new Set(hits.flatMap(({ fixed }) => fixed ?? []))].sort();
  return fixes.sort((a, b) => {
    const [left, right] = [scheme?.parse(a), scheme?.parse(b)];
    return scheme && left && right ? scheme.compare(left, right) : 0;
  });
};

const first = (some: readonly (string | undefined)[]): string | undefined => some.filter((one) => one !== undefined).sort()[0];
const last = (some: readonly (string | undefined)[]): string | undefined =>
  some
    .filter((one) => one !== undefined)
    .sort()
    .at(-1);

const linksOf = (id: string, hits: readonly Hit[]): readonly string[] => {
  const nvd = isCve(id) ? [`https://nvd.nist.gov/vuln/detail/${id}`] : [];
  return [...new Set([...nvd, ...hits.flatMap(({ entry }) => entry.links)])].slice(0, 6);
};

const byAdvisory = (a: Hit, b: Hit): number => (a.entry.id < b.entry.id ? -1 : 1);

/** One match for each vulnerability that the advisories name, by id. */
export const mergeHits = (
  found: FoundPackage,
  hits: readonly Hit[],
  { ecosystem, label }: { readonly ecosystem: string; readonly label: string },
): readonly VulnerabilityMatch[] =>
  groupHits(hits)
    .map((group): VulnerabilityMatch => {
      const said = [...group.hits].sort(byAdvisory);
      const [id = '', ...aliases] = [...group.ids].sort(byRank);
      const published = first(said.map(({ entry }) => entry.published));
      const modified = last(said.map(({ entry }) => entry.modified));
      return {
        package: found,
        id,
        aliases: aliases.sort(),
        advisories: [...new Set(said.map(({ entry }) => entry.id))],
        ecosystem: label,
        ...ratingOf(said),
        fixedVersions: fixesOf(said, ecosystem),
        ...(published !== undefined && { published }),
        ...(modified !== undefined && { modified }),
        links: linksOf(id, said),
      };
    })
    .sort((a, b) => byRank(a.id, b.id));
