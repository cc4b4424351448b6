import { PackageURL } from 'packageurl-js';
import type { FoundPackage, ImageIdentity, OperatingSystem } from '../../core/sbom/index.ts';

export const readPurl = (text: string): PackageURL | undefined => {
  try {
    return text.startsWith('pkg:') ? PackageURL.fromString(text) : undefined;
  } catch {
    return undefined;
  }
};

const systemTypes = ['deb', 'apk', 'rpm'];

/** Namespace and name, as the type writes them. */
const placeOf = ({ type, name }: FoundPackage, os: OperatingSystem | undefined): readonly [string | undefined, string] => {
  if (systemTypes.includes(type)) return [os?.id === 'rhel' ? 'redhat' : os?.id, name];
  const at = type === 'maven' ? name.indexOf(':') : ['golang', 'npm', 'composer'].includes(type) ? name.lastIndexOf('/') : -1;
  return at < 0 ? [undefined, name] : [name.slice(0, at), name.slice(at + 1)];
};

const distroNames = ({ id, versionId, codename }: OperatingSystem): readonly string[] => {
  const major = versionId?.split('.')[0];
  return [
    ...(versionId === undefined ? [id] : [versionId, `${id}-${versionId}`, `${id}-${major}`]),
    ...(codename === undefined ? [] : [codename]),
  ];
};

/** The package URL of an installed package (purl-spec, PURL-TYPES); `undefined` where its name makes none. */
export const packagePurl = (found: FoundPackage, os: OperatingSystem | undefined): PackageURL | undefined => {
  const [namespace, name] = placeOf(found, os);
  const isSystem = systemTypes.includes(found.type);
  // rpm keeps its epoch apart
  const [, epoch, rest = ''] = /^(?:(\d+):)?(.*)$/.exec(found.version) ?? [];
  const isRpm = found.type === 'rpm';
  const qualifiers = {
    ...(isSystem && found.architecture !== undefined && { arch: found.architecture }),
    ...(isSystem && os?.versionId !== undefined && { distro: `${os.id}-${os.versionId}` }),
    ...(isRpm && epoch !== undefined && epoch !== '0' && { epoch }),
  };
  try {
    return new PackageURL(found.type, namespace, name, isRpm ? rest : found.version, qualifiers);
  } catch {
    return undefined;
  }
};

const plain = (version: string): string => version.replace(/^v(?=\d)/, '');

/** Whether a package URL of a document means an installed package: what it leaves out is any, what it says must be so. */
export const meansPackage = (wanted: PackageURL, found: FoundPackage, os: OperatingSystem | undefined): boolean => {
  const is = packagePurl(found, os);
  if (!is || is.type !== wanted.type || is.name !== wanted.name || (is.namespace ?? '') !== (wanted.namespace ?? '')) return false;
  // Go writes versions with a `v`, and many documents without
  if (wanted.version && plain(wanted.version) !== plain(is.version ?? '')) return false;
  return Object.entries(wanted.qualifiers ?? {}).every(([key, value]) => {
    // the source package, which says nothing more of a package that name and version tell
    if (key === 'upstream') return true;
    if (key === 'distro') return os !== undefined && distroNames(os).includes(value);
    return is.qualifiers?.[key] === value;
  });
};

/** `index.docker.io/nginx` and `nginx` are `docker.io/library/nginx`. */
export const fullRepository = (text: string): string => {
  const bare = text.replace(/^https?:\/\//, '').replace(/^(?:index\.|registry-1\.)(?=docker\.io\/)/, '');
  const [host = ''] = bare.split('/');
  const named = bare.includes('/') && /[.:]|^localhost$/.test(host) ? bare : `docker.io/${bare}`;
  return /^docker\.io\/[^/]+$/.test(named) ? named.replace('/', '/library/') : named;
};

const digestsOf = ({ digest, indexDigest, configDigest }: ImageIdentity): readonly (string | undefined)[] => [
  digest,
  indexDigest,
  configDigest,
];

const lastOf = (repository: string): string => repository.slice(repository.lastIndexOf('/') + 1);

const isVersionOf = (version: string, image: ImageIdentity): boolean => digestsOf(image).includes(version) || image.tag === version;

const meansOci = ({ name, version, qualifiers }: PackageURL, image: ImageIdentity): boolean => {
  const { repository_url: url, tag, arch } = qualifiers ?? {};
  if (name !== lastOf(image.repository).toLowerCase()) return false;
  // with or without the name at its end: both are written
  if (url !== undefined && ![url, `${url}/${name}`].some((one) => fullRepository(one) === image.repository)) return false;
  if (version && !isVersionOf(version, image)) return false;
  return (tag === undefined || tag === image.tag) && (arch === undefined || arch === image.platform.architecture);
};

const meansDocker = ({ namespace, name, version, qualifiers }: PackageURL, image: ImageIdentity): boolean => {
  const host = qualifiers?.repository_url;
  const repository = fullRepository([host, namespace, name].filter((one) => one).join('/'));
  return repository === image.repository && (!version || isVersionOf(version, image));
};

/** Whether a name of a document means an image: a package URL of type `oci` or `docker`, or a plain name with tag or digest. */
export const meansImage = (name: string, image: ImageIdentity): boolean => {
  const purl = readPurl(name);
  if (purl) return purl.type === 'oci' ? meansOci(purl, image) : purl.type === 'docker' && meansDocker(purl, image);
  if (/^\w+:\/\/|^urn:|^pkg:|\s/.test(name)) return false;
  const [, repository = '', tag, digest] = /^(.+?)(?::([\w.-]+))?(?:@(sha256:[0-9a-f]{64}))?$/.exec(name) ?? [];
  if (repository === 'sha256') return digestsOf(image).includes(name);
  if (fullRepository(repository) !== image.repository) return false;
  return (tag === undefined || tag === image.tag) && (digest === undefined || digestsOf(image).includes(digest));
};

/** The package URL of an image, as OpenVEX wants it for products. */
export const imagePurl = (repository: string, digest?: string): string =>
  new PackageURL('oci', undefined, lastOf(repository), digest, { repository_url: repository }).toString();
