/** An ecosystem as advisories write it, taken apart. */
export interface EcosystemName {
  readonly ecosystem: string;
  /** Empty where it has none. */
  readonly release: string;
}

/** Ecosystems whose advisories come from a distribution: they know what was back-ported. */
export const distributions = [
  'Debian',
  'Ubuntu',
  'Alpine',
  'Red Hat',
  'Rocky Linux',
  'AlmaLinux',
  'SUSE',
  'openSUSE',
  'Wolfi',
  'Chainguard',
  'MinimOS',
  'Photon OS',
  'Azure Linux',
  'Mageia',
] as const;
export type Distribution = (typeof distributions)[number];

/** Ecosystems of programming languages. */
export const languages = ['Go', 'npm', 'PyPI', 'Maven', 'RubyGems', 'crates.io', 'NuGet', 'Packagist'] as const;

/** Every ecosystem of which packages can be compared here; others are not worth storing. */
export const ecosystems: readonly string[] = [...distributions, ...languages];

export const isDistribution = (ecosystem: string): boolean => (distributions as readonly string[]).includes(ecosystem);

/** `enterprise_linux:9::appstream` and `9` are both RHEL 9; extended streams (`rhel_eus:9.4`) stay what they are, because images do not say that they follow one. */
const redHatRelease = (text: string): string => {
  const [, major] = /^(?:enterprise_linux:)?(\d+)(?:\.\d+)?(?:::.*)?$/.exec(text) ?? [];
  return major ?? text;
};

/** Products of one service pack share their packages: `Linux Enterprise Module for Basesystem 15 SP5` is `15.5`, `Leap 15.6` is `15.6`. */
const suseRelease = (text: string): string => {
  const [, major, pack] = /\b(\d+)(?: SP(\d+))?(?:-[A-Z-]+)?$/.exec(text) ?? [];
  const [, dotted] = /\b(\d+\.\d+)$/.exec(text) ?? [];
  if (dotted !== undefined) return text.includes('Micro') ? text : dotted;
  if (major === undefined || text.includes('Micro')) return text;
  return pack === undefined ? major : `${major}.${pack}`;
};

const releaseOf: Partial<Record<string, (text: string) => string>> = {
  Ubuntu: (text) => text.replace(/:LTS$/, ''),
  'Red Hat': redHatRelease,
  SUSE: suseRelease,
  openSUSE: suseRelease,
  'Azure Linux': (text) => text.replace(/\.0$/, ''),
};

/** `Ubuntu:24.04:LTS` → `Ubuntu`, `24.04`. */
export const readEcosystem = (text: string): EcosystemName => {
  const at = text.indexOf(':');
  if (at < 0) return { ecosystem: text, release: '' };
  const [ecosystem, rest] = [text.slice(0, at), text.slice(at + 1)];
  return { ecosystem, release: releaseOf[ecosystem]?.(rest) ?? rest };
};

const nameIn: Partial<Record<string, (name: string) => string>> = {
  // PEP 503
  PyPI: (name) => name.toLowerCase().replace(/[-_.]+/g, '-'),
  NuGet: (name) => name.toLowerCase(),
  Packagist: (name) => name.toLowerCase(),
};

/** The name under which an ecosystem takes two spellings for one package. */
export const indexName = (ecosystem: string, name: string): string => nameIn[ecosystem]?.(name) ?? name;
