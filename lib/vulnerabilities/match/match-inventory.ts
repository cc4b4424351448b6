import type { FoundPackage, ImageInventory } from '../../core/sbom/index.ts';
import type { AdvisoryIndex } from '../index/look-up.ts';
import type { EpssScores } from './epss.ts';
import type { ExploitedCatalogue } from './exploited.ts';
import { matchPackage } from './match-package.ts';
import type { MatchedEcosystem, Matches, NotMatched, Undecided, VulnerabilityMatch } from './matches.ts';
import { aimAt, type Target } from './target.ts';

/** The advisories there are, by ecosystem without its release: `Debian`, `npm`. */
export type Advisories = ReadonlyMap<string, AdvisoryIndex>;

export interface MatchOptions {
  readonly epss?: EpssScores;
  readonly exploited?: ExploitedCatalogue;
}

/** What is counted per ecosystem, and why something is not matched. */
class Coverage {
  readonly #matched = new Map<string, MatchedEcosystem>();
  readonly #missing = new Map<string, NotMatched>();

  matched(label: string, { manifest }: AdvisoryIndex): void {
    const packages = (this.#matched.get(label)?.packages ?? 0) + 1;
    this.#matched.set(label, { ecosystem: label, packages, dataDate: manifest.dataDate });
  }

  missing(label: string, reason: string): void {
    const key = `${label}\t${reason}`;
    this.#missing.set(key, { ecosystem: label, reason, packages: (this.#missing.get(key)?.packages ?? 0) + 1 });
  }

  get lists(): Pick<Matches, 'matched' | 'notMatched'> {
    const byKey = <T>(map: ReadonlyMap<string, T>): readonly T[] => [...map].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
    return { matched: byKey(this.#matched), notMatched: byKey(this.#missing) };
  }
}

const whyNot = ({ ecosystem, release }: Target, index: AdvisoryIndex | undefined): string | undefined => {
  if (!index) return `no advisories for ${ecosystem} are stored`;
  if (release !== '' && !index.manifest.releases.includes(release)) return `the advisories for ${ecosystem} know no release ${release}`;
  return undefined;
};

const enrich = (match: VulnerabilityMatch, { epss, exploited }: MatchOptions): VulnerabilityMatch => {
  const ids = [match.id, ...match.aliases];
  const likely = ids.map((id) => epss?.scores.get(id)).find((one) => one !== undefined);
  const known = ids.map((id) => exploited?.entries.get(id)).find((one) => one !== undefined);
  return { ...match, ...(likely && { epss: likely }), ...(known && { exploited: known }) };
};

/**
 * What the packages of an image are vulnerable to, by its distribution's advisories and those of languages. Packages nobody speaks of are listed with the reason. Nothing is
 * fetched but shards, so it can be repeated every day on stored inventories.
 */
export const matchInventory = async (inventory: ImageInventory, advisories: Advisories, options: MatchOptions = {}): Promise<Matches> => {
  const coverage = new Coverage();
  const matches: VulnerabilityMatch[] = [];
  const undecided: Undecided[] = [];

  const matchOne = async (found: FoundPackage): Promise<void> => {
    const aim = aimAt(found, inventory.os);
    if (aim === 'owned') return;
    if (!('target' in aim)) return coverage.missing(aim.label, aim.reason);
    const index = advisories.get(aim.target.ecosystem);
    const reason = whyNot(aim.target, index);
    if (!index || reason !== undefined) return coverage.missing(aim.target.label, reason ?? '');
    const said = await matchPackage(found, aim.target, index);
    if (!said.ok) return coverage.missing(aim.target.label, said.failure.say.replace(/\.$/, ''));
    coverage.matched(aim.target.label, index);
    matches.push(...said.value.matches.map((match) => enrich(match, options)));
    undecided.push(...said.value.undecided);
  };

  for (const found of inventory.packages) await matchOne(found);
  const { epss, exploited } = options;
  return {
    matches,
    undecided,
    ...coverage.lists,
    ...(epss && { epssDate: epss.date }),
    ...(exploited && { exploitedDate: exploited.date }),
  };
};
