import semver from 'semver';

// The type `Semver` with the names and meanings of Kubernetes' CEL library, so that knowledge carries over.

/** A semantic version as rules compare it. */
export class SemverValue {
  readonly version: InstanceType<typeof semver.SemVer>;
  constructor(version: InstanceType<typeof semver.SemVer>) {
    this.version = version;
  }
}

/** `v1.34` → `1.34.0`: a leading v goes, missing numbers are 0, zeros in front are dropped. */
const normalised = (text: string): string => {
  const [, numbers = '', rest = ''] = /^v?([\d.]*)(.*)$/s.exec(text) ?? [];
  const parts = numbers.split('.').map((part) => (/^\d+$/.test(part) ? String(BigInt(part)) : part));
  while (parts.length < 3) parts.push('0');
  return parts.join('.') + rest;
};

/** Undefined when it is none: one argument refuses a leading `v`, `normalise` takes it. */
export const readSemver = (text: string, normalise: boolean): SemverValue | undefined => {
  if (text.length > 256) return undefined;
  const plain = normalise ? normalised(text) : text;
  const read = /^\d/.test(plain) ? semver.parse(plain) : null;
  return read ? new SemverValue(read) : undefined;
};

/** The version, or an error that becomes the outcome of the rule. */
export const toSemver = (text: string, normalise: boolean): SemverValue => {
  const read = readSemver(text, normalise);
  if (read) return read;
  throw new Error(`"${text.slice(0, 40)}" is no semantic version${normalise ? '' : '; semver(text, true) also takes a leading v'}`);
};
