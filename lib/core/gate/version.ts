import { parseKubernetesVersion } from '../version.ts';

/** A version the gate compares: numbers, and whether it is a pre-release. Vendor suffixes behind `+` say nothing about the order. */
export interface GateVersion {
  readonly major: number;
  readonly minor: number;
  readonly patch: number;
  /** `alpha.1`, `beta.0`, `rc.2`; absent for a release. */
  readonly preRelease?: string;
  /** As it was written. */
  readonly text: string;
}

/** Reads `v1.36.1`, `1.36.1+vmware.2-vkr.1`, `v1.37.0-rc.0`; undefined when it is no whole version. */
export const readGateVersion = (text: string): GateVersion | undefined => {
  const version = parseKubernetesVersion(text);
  if (!version) return undefined;
  const preRelease = /^v?\d+\.\d+\.\d+-((?:alpha|beta|rc)\.\d+)/.exec(text.trim())?.[1];
  return { ...version, ...(preRelease === undefined ? {} : { preRelease }) };
};

/** `1.36`. */
export const minorText = ({ major, minor }: Pick<GateVersion, 'major' | 'minor'>): string => `${major}.${minor}`;

const byPreRelease = (a: string | undefined, b: string | undefined): number =>
  a === b ? 0 : a === undefined ? 1 : b === undefined ? -1 : a.localeCompare(b, 'en', { numeric: true });

/** Negative when `a` is older than `b`. */
export const byVersion = (a: GateVersion, b: GateVersion): number =>
  a.major - b.major || a.minor - b.minor || a.patch - b.patch || byPreRelease(a.preRelease, b.preRelease);
