import { PackageURL } from 'packageurl-js';
import type { ImageIdentity, OperatingSystem, PackageType, SoftwarePackage } from '../core/sbom/index.ts';

const systemTypes: ReadonlySet<PackageType> = new Set(['deb', 'apk', 'rpm']);

/** Whether the operating system's own manager installed it. */
export const isOfSystem = (type: PackageType): boolean => systemTypes.has(type);

/** Vendors whose name in package URLs is not their ID in os-release. */
const vendorOf = ({ id }: OperatingSystem): string => (id === 'rhel' ? 'redhat' : id.startsWith('opensuse') ? 'opensuse' : id);

/** What stands between a group and a name, where an ecosystem has groups. */
const separators: Partial<Record<PackageType, string>> = { maven: ':', golang: '/', npm: '/', composer: '/' };

/** Group and name of a package of a language: `@angular` and `core`, `org.apache.commons` and `commons-text`. */
export const groupAndName = ({
  type,
  name,
}: Pick<SoftwarePackage, 'type' | 'name'>): readonly [group: string | undefined, name: string] => {
  const separator = separators[type];
  const at = separator === undefined ? -1 : type === 'maven' ? name.indexOf(separator) : name.lastIndexOf(separator);
  return at < 0 ? [undefined, name] : [name.slice(0, at), name.slice(at + 1)];
};

/** Epoch, and version with release: rpm's package URLs keep them apart. */
export const splitEpoch = (version: string): readonly [epoch: string | undefined, rest: string] => {
  const [, epoch, rest = version] = /^(?:(\d+):)?(.*)$/s.exec(version) ?? [];
  return [epoch === '0' ? undefined : epoch, rest];
};

/** File that rpm calls the source of a package: `bash-5.1.8-9.el9.src.rpm`. */
export const sourceRpmOf = ({ source }: Pick<SoftwarePackage, 'source'>): string | undefined =>
  source && `${source.name}-${splitEpoch(source.version)[1]}.src.rpm`;

/** The source package, in the words of scanners that read it from there; nothing where it is called like the package itself. */
const upstreamOf = (found: SoftwarePackage): string | undefined => {
  const { type, name, version, source } = found;
  if (type === 'rpm') return sourceRpmOf(found);
  if (!source || (source.name === name && source.version === version)) return undefined;
  return source.version === version ? source.name : `${source.name}@${source.version}`;
};

const distroOf = ({ id, versionId }: OperatingSystem): string => (versionId === undefined ? id : `${id}-${versionId}`);

/** The specification leaves letters, digits, `.-_~` and colons as they are and nothing else; the library is of another mind on these. */
const spelled = (text: string): string =>
  text
    .replace(/[!'()*+]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%3A', ':')
    .replaceAll('%7E', '~');

const made = (...parts: ConstructorParameters<typeof PackageURL>): string | undefined => {
  try {
    return spelled(new PackageURL(...parts).toString());
  } catch {
    // a name or version that its type does not allow
    return undefined;
  }
};

const systemPurl = (found: SoftwarePackage, os: OperatingSystem): string | undefined => {
  const { type, name, version, architecture } = found;
  const [epoch, rest] = type === 'rpm' ? splitEpoch(version) : [undefined, version];
  const upstream = upstreamOf(found);
  return made(type, vendorOf(os), name, rest, {
    ...(architecture && { arch: architecture }),
    distro: distroOf(os),
    ...(epoch !== undefined && { epoch }),
    ...(upstream !== undefined && { upstream }),
  });
};

/**
 * The package URL of an installed package, by the rules of its type. `undefined` where there is none: a package of an unknown operating
 * system (the type demands its vendor), an archive of Java without a group.
 */
export const purlOf = (found: SoftwarePackage, os: OperatingSystem | undefined): string | undefined => {
  if (isOfSystem(found.type)) return os && systemPurl(found, os);
  const [group, name] = groupAndName(found);
  return made(found.type, group, name, found.version);
};

/** The package URL of an image; its version is the digest, so it means these bytes. */
export const imagePurlOf = ({ repository, digest, tag, platform }: ImageIdentity): string | undefined =>
  made('oci', undefined, repository.slice(repository.lastIndexOf('/') + 1), digest, {
    arch: platform.architecture,
    repository_url: repository,
    ...(tag !== undefined && { tag }),
  });
