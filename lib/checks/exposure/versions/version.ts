import type { AffectedRange } from './flaw.ts';

/** A version that can be compared. What a vendor wrote behind it is kept apart: it says nothing of the flaws in it. */
export interface Version {
  readonly numbers: readonly [major: number, minor: number, patch: number];
  /** `rc.1`, `alpha.3`: earlier than the version itself. */
  readonly preRelease: readonly string[];
  /** `vmware.2-vkr.1`, `eks-a737599`, `gke.1024000`, `k3s1`; empty for an upstream build. */
  readonly vendor: string;
}

// what begins otherwise is a vendor's: `-eks-…`, `-gke.…`, `-rancher1`, `-hardened2`, `~ds1`
const preReleaseWords = /^(alpha|beta|rc|pre|dev|preview)\b/;

/** Reads `v1.36.1+vmware.2-vkr.1`, `1.30.4-eks-a737599`, `1.32.0-rc.1`, `0`; undefined for what is no version. */
export const readVersion = (text: string): Version | undefined => {
  const match = /^v?(\d{1,5})(?:\.(\d{1,5}))?(?:\.(\d{1,5}))?(?:[-~]([0-9A-Za-z.~-]+))?(?:\+([0-9A-Za-z.+-]*))?$/.exec(text.trim());
  if (!match) return undefined;
  const [, major, minor, patch, dash = '', plus = ''] = match;
  const isPreRelease = preReleaseWords.test(dash);
  // `rc.1-gke.5` is still a release candidate
  const [preRelease = '', ...rest] = isPreRelease ? dash.split('-') : [''];
  // kubeadm's images of etcd carry a number of their own: `3.6.8-0`
  const ofBuild = isPreRelease ? rest : [/^\d+$/.test(dash) ? '' : dash];
  const vendor = [...ofBuild, plus].filter((part) => part !== '').join('+');
  return {
    numbers: [Number(major), Number(minor ?? 0), Number(patch ?? 0)],
    preRelease: preRelease === '' ? [] : preRelease.split('.'),
    vendor,
  };
};

const comparePreRelease = (a: readonly string[], b: readonly string[]): number => {
  if (a.length === 0 || b.length === 0) return b.length - a.length;
  for (const [index, own] of a.entries()) {
    const other = b[index];
    if (other === undefined) return 1;
    if (own === other) continue;
    const [left, right] = [Number(own), Number(other)];
    if (Number.isNaN(left) !== Number.isNaN(right)) return Number.isNaN(left) ? 1 : -1;
    return Number.isNaN(left) ? (own < other ? -1 : 1) : left - right;
  }
  return a.length - b.length;
};

/** Negative when `a` is the earlier one. Vendors' suffixes do not count. */
export const compareVersions = (a: Version, b: Version): number =>
  a.numbers[0] - b.numbers[0] ||
  a.numbers[1] - b.numbers[1] ||
  a.numbers[2] - b.numbers[2] ||
  comparePreRelease(a.preRelease, b.preRelease);

const known = (text: string): Version => {
  const version = readVersion(text);
  if (!version) throw new Error(`no version: ${text}`);
  return version;
};

/**
 * Whether a version lies in one of the ranges. A flaw that came with 1.30.0 is in 1.30.0-rc.1 too, as far as anybody knows; one mended in 1.30.3 is still in
 * 1.30.3-rc.1.
 */
export const isAffected = (version: Version, affected: readonly AffectedRange[]): boolean =>
  affected.some(([introduced, fixed]) => {
    const from = known(introduced);
    const begins = from.preRelease.length === 0 ? { ...version, preRelease: [] } : version;
    return compareVersions(begins, from) >= 0 && (fixed === undefined || compareVersions(version, known(fixed)) < 0);
  });

/** Versions that mend it, one for each branch. */
export const fixes = (affected: readonly AffectedRange[]): readonly string[] => affected.flatMap(([, fixed]) => fixed ?? []);
