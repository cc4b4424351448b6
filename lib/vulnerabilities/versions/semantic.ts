import semver from 'semver';
import { defineScheme } from './scheme.ts';

type Semantic = { readonly version: semver.SemVer };

const read = (text: string): Semantic | undefined => {
  // `1` and `1.2` are written though the specification wants three numbers
  const whole = text
    .trim()
    .replace(/^[v=]+/, '')
    .replace(/^(\d+)(\.\d+)?(?=[-+]|$)/, (_, major, minor) => `${major}${minor ?? '.0'}.0`);
  const version = semver.parse(whole, { loose: true });
  return version ? { version } : undefined;
};

const compare = (a: Semantic, b: Semantic): number => a.version.compare(b.version);

/** npm and crates.io: Semantic Versioning 2.0, tolerant of what registries hold. */
export const semantic = defineScheme<Semantic>(read, compare);

/** `go1.22rc1` is `1.22.0-rc.1`. A builder's suffix (`go1.22.3-acme`) and experiments (`X:boringcrypto`) change nothing. */
const ofToolchain = (text: string): string => {
  const [, numbers = '', kind, number] = /^(?:go)?(\d+(?:\.\d+){0,2})(?:(beta|rc)(\d+))?(?:[-+ ].*)?$/.exec(text) ?? [];
  const [major, minor = '0', patch = '0'] = numbers.split('.');
  return `${major}.${minor}.${patch}${kind === undefined ? '' : `-${kind}.${number}`}`;
};

/** Go modules with their pseudo-versions, and the toolchain: `v0.0.0-20240102030405-abcdef123456`, `v2.0.0+incompatible`, `go1.22.3`. */
export const go = defineScheme<Semantic>((text) => read(/^go\d|^\d+\.\d+(?:beta|rc)\d/.test(text) ? ofToolchain(text) : text), compare);
