import type { ApiRemoval, Replacement } from '../../lib/gate/data/api-removal.ts';
import type { ApiPackage, Lifecycle, Minor } from './lifecycle.ts';

/** The module at the newest release of one minor. */
export interface Release {
  readonly minor: Minor;
  readonly packages: readonly ApiPackage[];
}

/** One kind of one version, as the releases that were read know it. */
interface History {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  /** First and last minor that registers it. */
  readonly first: Minor;
  readonly last: Minor;
  /** Tags of the newest release that has them. */
  readonly lifecycle: Lifecycle;
}

const minorText = (minor: Minor): string => `1.${minor}`;
const key = (group: string, version: string, kind: string): string => JSON.stringify([group, version, kind]);

/** Registered, yet never an object of its own: what travels inside of others, and what the module kept for tools. */
const inner = new Set(['DeploymentRollback', 'JobTemplate', 'EphemeralContainers', 'PodStatusResult']);
const isObject = (kind: string): boolean => !/(List|Options)$/.test(kind) && !inner.has(kind);

/** Newer tags over older ones; but what replaces a kind is what its tag said while it was served, since later releases point to versions that came later. */
const merged = (older: Lifecycle | undefined, newer: Lifecycle | undefined, minor: Minor): Lifecycle => {
  const isGone = older?.removed !== undefined && older.removed <= minor;
  return { ...older, ...newer, ...(isGone && older.replacement ? { replacement: older.replacement } : {}) };
};

const histories = (releases: readonly Release[]): ReadonlyMap<string, History> => {
  const found = new Map<string, History>();
  for (const { minor, packages } of releases.toSorted((a, b) => a.minor - b.minor))
    for (const { group, version, registered, lifecycles } of packages)
      for (const kind of registered) {
        if (!isObject(kind)) continue;
        const before = found.get(key(group, version, kind));
        const lifecycle = merged(before?.lifecycle, lifecycles.get(kind), minor);
        found.set(key(group, version, kind), { group, version, kind, first: before?.first ?? minor, last: minor, lifecycle });
      }
  return found;
};

/** By the maturity of versions: v1 before v1beta2 before v1beta1 before v1alpha3. */
const byMaturity = (a: string, b: string): number => {
  const read = (text: string) => /^v(\d+)(?:(alpha|beta)(\d+))?$/.exec(text) ?? [];
  const rank = (stage: string | undefined) => (stage === undefined ? 2 : stage === 'beta' ? 1 : 0);
  const [one, other] = [read(a), read(b)];
  return rank(other[2]) - rank(one[2]) || Number(other[1]) - Number(one[1]) || Number(other[3] ?? 0) - Number(one[3] ?? 0);
};

/** The most mature version that has the kind in that minor, if it is more mature than the one that goes: what to use where no tag says. */
const successor = (all: ReadonlyMap<string, History>, going: History, minor: Minor): Replacement | undefined => {
  const others = [...all.values()].filter(
    ({ group, kind, first, last }) => group === going.group && kind === going.kind && first <= minor && last >= minor,
  );
  const best = others.toSorted((a, b) => byMaturity(a.version, b.version))[0];
  return best && byMaturity(best.version, going.version) < 0 ? { group: best.group, version: best.version } : undefined;
};

/** The kind a tag means: some name the list of the kind. */
const kindOf = (tagged: string, kind: string): { readonly kind?: string } =>
  tagged === kind || tagged === `${kind}List` ? {} : { kind: tagged };

const removalOf = (all: ReadonlyMap<string, History>, one: History, oldest: Minor, newest: Minor): ApiRemoval | undefined => {
  const { lifecycle, group, version, kind } = one;
  const gone = one.last < newest ? one.last + 1 : undefined;
  if (lifecycle.removed === undefined && gone === undefined) return undefined;
  const byTag = lifecycle.removed !== undefined && (gone === undefined || lifecycle.removed <= gone);
  const removed = byTag ? (lifecycle.removed as Minor) : (gone as Minor);
  const tagged = lifecycle.replacement;
  // one that can be moved to before the upgrade is worth more than one that comes with it
  const replacement: Replacement | undefined = tagged
    ? { group: tagged.group, version: tagged.version, ...kindOf(tagged.kind, kind) }
    : (successor(all, one, Math.min(removed - 1, newest)) ?? successor(all, one, Math.min(removed, newest)));
  const other = replacement && all.get(key(replacement.group, replacement.version, replacement.kind ?? kind));
  const since = other?.lifecycle.introduced ?? (other && other.first > oldest ? other.first : undefined);
  return {
    removedIn: minorText(removed),
    group,
    version,
    kinds: [kind],
    ...(replacement ? { replacement } : gone === undefined ? {} : { replacement: 'none' as const }),
    ...(since === undefined ? {} : { replacementSince: minorText(since) }),
    ...(lifecycle.deprecated === undefined ? {} : { deprecatedIn: minorText(lifecycle.deprecated) }),
    evidence: byTag ? 'tag' : 'types-gone',
  };
};

const minorOf = (text: string): number => Number(text.split('.')[1]);

/** Rows that differ in nothing but the kind become one. */
const joined = (rows: readonly ApiRemoval[]): readonly ApiRemoval[] =>
  [...Map.groupBy(rows, ({ kinds: _, ...rest }) => JSON.stringify(rest)).values()].map((group) => ({
    ...(group[0] as ApiRemoval),
    kinds: group.flatMap(({ kinds }) => kinds).toSorted(),
  }));

/** The removals that the releases tell of: what a tag says, or the kind no longer being there, whichever comes first. */
export const generateRemovals = (releases: readonly Release[]): readonly ApiRemoval[] => {
  const minors = releases.map(({ minor }) => minor);
  const [oldest, newest] = [Math.min(...minors), Math.max(...minors)];
  const all = histories(releases);
  return joined([...all.values()].flatMap((one) => removalOf(all, one, oldest, newest) ?? [])).toSorted(
    (a, b) =>
      minorOf(a.removedIn) - minorOf(b.removedIn) ||
      `${a.group}/${a.version} ${a.kinds}`.localeCompare(`${b.group}/${b.version} ${b.kinds}`, 'en', { numeric: true }),
  );
};
