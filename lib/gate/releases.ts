import { type GateVersion, minorText, readGateVersion } from '../core/gate/index.ts';
import { type ReleaseRow, releases } from './data/releases.ts';

type Minor = Pick<GateVersion, 'major' | 'minor'>;

/** N: the newest minor that is known. */
export const newestMinor: Minor = readGateVersion(releases.newestMinor) ?? { major: 1, minor: 0 };

export const releaseOf = (version: Minor): ReleaseRow | undefined => releases.rows.find(({ minor }) => minor === minorText(version));

/** Minors from `newest` back to the oldest one in the window: four for N-3. */
export const supportedMinors = (window: number): readonly string[] =>
  Array.from({ length: window + 1 }, (_, behind) => minorText({ major: newestMinor.major, minor: newestMinor.minor - behind }));

export const isNewerThanKnown = ({ major, minor }: Minor): boolean =>
  major > newestMinor.major || (major === newestMinor.major && minor > newestMinor.minor);

/** Newest known patch of a minor as a version: `v1.36.6`. */
export const newestPatchOf = (version: Minor): string | undefined => {
  const row = releaseOf(version);
  return row && `v${row.minor}.${row.newestPatch}`;
};
