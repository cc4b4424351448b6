import { byVersion, type GateVersion, minorText, readGateVersion } from '../core/gate/index.ts';
import type { ApiRemoval, Replacement } from './data/api-removal.ts';
import { removals } from './data/removals.ts';

/** Kinds of one version that are looked for in a cluster; `*` stands for every kind of the version. */
export interface WantedRemoval {
  readonly group: string;
  readonly version: string;
  readonly kinds: readonly string[];
}

type Minor = Pick<GateVersion, 'major' | 'minor'>;
const readMinor = (text: string): Minor => readGateVersion(text) ?? { major: 0, minor: 0 };
/** Minors by number: `1.9` is older than `1.36`. */
export const byMinor = (a: Minor, b: Minor): number => a.major - b.major || a.minor - b.minor;
const removedAfter = (row: ApiRemoval, minor: Minor): boolean => byMinor(readMinor(row.removedIn), minor) > 0;

/** `networking.k8s.io/v1beta1`, or `v1` for the core group. */
export const groupVersionText = ({ group, version }: Pick<ApiRemoval, 'group' | 'version'>): string =>
  group === '' ? version : `${group}/${version}`;

/** Rows that an upgrade crosses: there now, and gone at the target. */
export const removedBetween = (current: Minor, target: Minor): readonly ApiRemoval[] =>
  removals.rows.filter((row) => removedAfter(row, current) && !removedAfter(row, target));
/** Rows that are gone some time after that minor. */
export const removedLaterThan = (minor: Minor): readonly ApiRemoval[] => removals.rows.filter((row) => removedAfter(row, minor));
/** Rows that are gone already: nothing live, but manifests that wait for their next use. */
export const removedUpTo = (minor: Minor): readonly ApiRemoval[] => removals.rows.filter((row) => !removedAfter(row, minor));

const isServed = ({ seenIn }: ApiRemoval): boolean => seenIn === undefined;
const wanted = (rows: readonly ApiRemoval[]): readonly WantedRemoval[] =>
  rows.filter(isServed).map(({ group, version, kinds }) => ({ group, version, kinds }));

/**
 * What to look for among the objects of a cluster that goes from `current` to `target`: every served version that goes at the target or is announced to go later. Versions that are
 * gone already cannot be asked for; for manifests that are merely stored, see `goneRemovals`.
 */
export const wantedRemovals = (current: GateVersion, target: GateVersion): readonly WantedRemoval[] =>
  wanted(removedLaterThan(byVersion(current, target) <= 0 ? current : target));

/** Versions that the cluster no longer serves: manifests in Helm releases that use them fail the next upgrade of the release. */
export const goneRemovals = (current: GateVersion): readonly WantedRemoval[] => wanted(removedUpTo(current));

/** The row that says when a kind of a version goes. */
export const findRemoval = (rows: readonly ApiRemoval[], groupVersion: string, kind: string): ApiRemoval | undefined =>
  rows.find((row) => groupVersionText(row) === groupVersion && (row.kinds.includes('*') || row.kinds.includes(kind)));

/** What to write instead of a version that goes. */
export interface Migration {
  /** `group/version`, and the kind where it is called differently. */
  readonly to: string;
  /** The minor that brings it, where the cluster does not have it yet: then nobody can migrate before the upgrade. */
  readonly notBefore?: string;
}

const migrationText = ({ group, version, kind }: Replacement): string => `${group}/${version}${kind === undefined ? '' : ` ${kind}`}`;

/** Follows replacements that are themselves removed to one that the target still serves. Undefined where there is none, or none is announced. */
export const migrationOf = (removal: ApiRemoval, kind: string, current: Minor, target: Minor): Migration | undefined => {
  let [row, name] = [removal, kind];
  for (let step = 0; step < removals.rows.length; step += 1) {
    const { replacement, replacementSince } = row;
    if (replacement === undefined || replacement === 'none') return undefined;
    name = replacement.kind ?? name;
    const next = findRemoval(removals.rows, groupVersionText(replacement), name);
    if (next === undefined || removedAfter(next, target)) {
      const to = migrationText({ ...replacement, ...(name === kind ? {} : { kind: name }) });
      const isThere = replacementSince === undefined || byMinor(readMinor(replacementSince), current) <= 0;
      return { to, ...(isThere ? {} : { notBefore: replacementSince }) };
    }
    row = next;
  }
  return undefined;
};

/** Whether the target is newer than what the table knows; then silence says nothing. */
export const isBeyondData = (target: Minor): boolean => byMinor(target, readMinor(removals.newestMinor)) > 0;
export const beyondDataText = (target: GateVersion): string =>
  `The removal data of ${removals.dataAsOf} ends at Kubernetes ${removals.newestMinor}; nothing is known of ${minorText(target)}.`;
