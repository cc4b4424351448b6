import type { FoundPackage, SoftwarePackage } from '../../core/sbom/index.ts';
import type { Follow, VisibleFile } from './overlay.ts';
import { imagePath } from './paths.ts';

/** Managed by the distribution, whose advisories speak for what its packages carry. */
const systemTypes: ReadonlySet<string> = new Set(['deb', 'apk', 'rpm']);
export const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const unique = (texts: readonly string[]): string[] => [...new Set(texts)].sort(compareText);
/** dpkg writes `libc6:amd64` where several architectures can be installed. */
const plainName = (name: string): string => name.replace(/:[a-z0-9-]+$/, '');

/** Which package of the operating system owns a path; packages that are no longer installed own nothing. */
export const ownersOf = (visible: readonly VisibleFile[], follow: Follow): ((path: string) => string | undefined) => {
  const installed = new Set<string>();
  for (const { file } of visible) for (const { type, name } of file.packages ?? []) if (systemTypes.has(type)) installed.add(name);
  const owners = new Map<string, string>();
  for (const { file } of visible)
    for (const owned of file.owned ?? []) {
      const name = plainName(owned.package);
      if (installed.has(name)) for (const path of owned.paths) owners.set(follow(imagePath(path).path), name);
    }
  return (path) => owners.get(path);
};

const licencesOf = (visible: readonly VisibleFile[]): ((name: string) => readonly string[]) => {
  const told = new Map<string, string[]>();
  for (const { file } of visible)
    for (const { package: name, licences } of file.licences ?? [])
      told.set(plainName(name), [...(told.get(plainName(name)) ?? []), ...licences]);
  return (name) => told.get(name) ?? [];
};

const keyOf = ({ type, name, version, architecture }: SoftwarePackage): string => JSON.stringify([type, name, version, architecture ?? '']);

/** One package out of several mentions. What the first does not say, the others may. */
const unite = (mentions: readonly FoundPackage[]): FoundPackage => {
  const { owner: _, licenses: __, main: ___, ...first } = Object.assign({}, ...[...mentions].reverse()) as FoundPackage;
  const locations = new Map(mentions.flatMap((mention) => mention.locations).map((place) => [`${place.path}\0${place.layer}`, place]));
  const licenses = unique(mentions.flatMap((mention) => mention.licenses ?? []));
  const owner = mentions[0]?.owner;
  // one copy that the distribution does not keep is enough to be judged by the ecosystem's own advisories
  const owned = owner !== undefined && mentions.every((mention) => mention.owner === owner);
  return {
    ...first,
    locations: [...locations.values()].sort((a, b) => compareText(a.path, b.path) || compareText(a.layer, b.layer)),
    ...(licenses.length > 0 ? { licenses } : {}),
    ...(owned ? { owner } : {}),
    ...(mentions.every(({ main }) => main) ? { main: true as const } : {}),
  };
};

const byIdentity = (a: FoundPackage, b: FoundPackage): number =>
  compareText(a.type, b.type) ||
  compareText(a.name, b.name) ||
  compareText(a.version, b.version) ||
  compareText(a.architecture ?? '', b.architecture ?? '');
const byMention = (a: FoundPackage, b: FoundPackage): number =>
  compareText(a.locations[0]?.path ?? '', b.locations[0]?.path ?? '') || compareText(a.cataloger, b.cataloger);

/** Every package once, with all files that name it, its owner and its licences; always in the same order. */
export const gatherPackages = (visible: readonly VisibleFile[], follow: Follow): FoundPackage[] => {
  const ownerOf = ownersOf(visible, follow);
  const licences = licencesOf(visible);
  const mentions = new Map<string, FoundPackage[]>();
  for (const { file, layer } of visible)
    for (const found of file.packages ?? []) {
      const isSystem = systemTypes.has(found.type);
      const owner = isSystem ? undefined : ownerOf(file.path);
      const licenses = found.type === 'deb' ? [...(found.licenses ?? []), ...licences(found.name)] : found.licenses;
      const mention: FoundPackage = {
        ...found,
        ...(licenses && licenses.length > 0 ? { licenses } : {}),
        locations: [{ path: file.path, layer }],
        ...(owner === undefined ? {} : { owner }),
        cataloger: file.cataloger,
      };
      const key = keyOf(found);
      const others = mentions.get(key);
      if (others) others.push(mention);
      else mentions.set(key, [mention]);
    }
  return [...mentions.values()].map((group) => unite(group.sort(byMention))).sort(byIdentity);
};
