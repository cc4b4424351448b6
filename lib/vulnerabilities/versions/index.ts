import { apk } from './apk.ts';
import { composer } from './composer.ts';
import { dpkg } from './dpkg.ts';
import { gem } from './gem.ts';
import { maven } from './maven.ts';
import { nuget } from './nuget.ts';
import { pep440 } from './pep440.ts';
import { rpm } from './rpm.ts';
import type { VersionScheme } from './scheme.ts';
import { go, semantic } from './semantic.ts';

export type { ParsedVersion, VersionScheme } from './scheme.ts';

const schemes = new Map<string, VersionScheme>([
  ['Debian', dpkg],
  ['Ubuntu', dpkg],
  ['Alpine', apk],
  ['Wolfi', apk],
  ['Chainguard', apk],
  ['MinimOS', apk],
  ['Red Hat', rpm],
  ['Rocky Linux', rpm],
  ['AlmaLinux', rpm],
  ['SUSE', rpm],
  ['openSUSE', rpm],
  ['Photon OS', rpm],
  ['Azure Linux', rpm],
  ['Mageia', rpm],
  ['Go', go],
  ['npm', semantic],
  ['crates.io', semantic],
  ['PyPI', pep440],
  ['Maven', maven],
  ['RubyGems', gem],
  ['NuGet', nuget],
  ['Packagist', composer],
]);

/** How versions of an ecosystem (without its release) compare; `undefined` where Gatehouse cannot compare them. */
export const schemeOf = (ecosystem: string): VersionScheme | undefined => schemes.get(ecosystem);

/** Negative when `a` is the older one, `undefined` when they cannot be compared. */
export const compareVersions = (ecosystem: string, a: string, b: string): number | undefined => {
  const scheme = schemeOf(ecosystem);
  const [left, right] = [scheme?.parse(a), scheme?.parse(b)];
  return scheme && left && right ? Math.sign(scheme.compare(left, right)) : undefined;
};
