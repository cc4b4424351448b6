import type { FoundPackage, OperatingSystem, PackageType } from '../../core/sbom/index.ts';
import { advisoriesFor, type DistributionAdvisories } from './distribution.ts';

/** Under which names, with which versions, to ask which advisories for a package. */
export interface Target {
  readonly ecosystem: string;
  readonly release: string;
  /** As people read it: `Debian:12`. */
  readonly label: string;
  readonly asked: readonly { readonly name: string; readonly version: string }[];
}

export type Aim =
  | { readonly target: Target }
  /** Nothing speaks of it, and why. */
  | { readonly label: string; readonly reason: string }
  /** Its owner, a package of the operating system, is matched in its place. */
  | 'owned';

const languageOf: Partial<Record<PackageType, string>> = {
  golang: 'Go',
  npm: 'npm',
  pypi: 'PyPI',
  maven: 'Maven',
  gem: 'RubyGems',
  cargo: 'crates.io',
  nuget: 'NuGet',
  composer: 'Packagist',
};

const namesFor = ({ name, version, source }: FoundPackage, names: DistributionAdvisories['names']): Target['asked'] => {
  const itself = { name, version };
  const origin = source ?? itself;
  const asked = names === 'binary' ? [itself] : names === 'source' ? [origin] : [origin, itself];
  return asked.filter((one, at) => asked.findIndex((other) => other.name === one.name && other.version === one.version) === at);
};

/** Distribution first: what an operating system's package owns, its distribution mends. */
export const aimAt = (found: FoundPackage, os: OperatingSystem | undefined): Aim => {
  const language = languageOf[found.type];
  if (language !== undefined) {
    if (found.owner !== undefined) return 'owned';
    // advisories name group and artifact; without the group none could ever fit, which is not the same as none
    if (found.type === 'maven' && !found.name.includes(':'))
      return { label: language, reason: 'the archive does not say of which group it is' };
    const asked = [{ name: found.name, version: found.version }];
    return { target: { ecosystem: language, release: '', label: language, asked } };
  }
  const known = advisoriesFor(os);
  if (!('advisories' in known)) return known;
  const { ecosystem, release, names } = known.advisories;
  const label = release === '' ? ecosystem : `${ecosystem}:${release}`;
  return { target: { ecosystem, release, label, asked: namesFor(found, names) } };
};
