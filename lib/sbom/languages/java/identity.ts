import type { KnownFolders } from './known-groups.ts';

export interface Artifact {
  readonly group?: string;
  readonly artifact: string;
  readonly version: string;
}
type Manifest = ReadonlyMap<string, string>;

const versionKeys = ['implementation-version', 'bundle-version', 'plugin-version', 'specification-version'];
/** A name such as Maven asks for, and not a title in words. */
const artifactName = /^[A-Za-z0-9][\w.-]*$/;
const groupName = /^[A-Za-z][\w-]*(\.[\w-]+)+$/;

const versionsOf = (manifest: Manifest): string[] =>
  // Jenkins adds who built a plugin that is no release
  versionKeys.flatMap((key) => manifest.get(key)?.replace(/ \(.*$/, '') || []);

/** `log4j-1.2-api-2.17.1` → `log4j-1.2-api`, `2.17.1`. What stands in the manifest settles where the version begins and whether a classifier follows. */
export function nameAndVersion(base: string, manifest: Manifest): Artifact | undefined {
  const splits = [...base.matchAll(/-(?=\d)/g)]
    .slice(-10)
    .map(({ index }) => ({ artifact: base.slice(0, index), version: base.slice(index + 1) }));
  for (const version of versionsOf(manifest)) {
    const split = splits.find((one) => one.version === version || one.version.startsWith(`${version}-`));
    if (split !== undefined && split.version !== version && /^\d/.test(split.version.slice(version.length + 1))) continue;
    if (split !== undefined) return { artifact: split.artifact, version };
  }
  return splits.findLast(({ version }) => /^\d+\.\d/.test(version)) ?? splits[0];
}

/** `org.apache.commons.lang3;singleton:=true` without its directives. */
const symbolicName = (manifest: Manifest): string => manifest.get('bundle-symbolicname')?.split(';', 1)[0]?.trim() ?? '';

function groupOf(artifact: string, manifest: Manifest, folders: KnownFolders): string | undefined {
  const [, told] = /^([\w.-]+)#[\w.-]+;/.exec(manifest.get('implementation-title') ?? '') ?? [];
  const known = told ?? manifest.get('group-id') ?? folders.groupOf(artifact);
  if (known !== undefined && known !== '') return known;
  const symbolic = symbolicName(manifest);
  const before = symbolic.endsWith(`.${artifact}`) ? symbolic.slice(0, -artifact.length - 1) : '';
  return [before, manifest.get('implementation-vendor-id') ?? ''].find((one) => groupName.test(one));
}

/** The name of an archive whose file bears no version. */
function unversionedName(base: string, manifest: Manifest): string {
  const symbolic = symbolicName(manifest);
  const last = symbolic.slice(symbolic.lastIndexOf('.') + 1);
  return last.endsWith(`-${base}`) ? last : base;
}

/** What an archive without Maven's own notes is, by its file name and its manifest; nothing where no version is told. */
export function identify(base: string, manifest: Manifest, folders: KnownFolders): Artifact | undefined {
  // parts of Java itself, which are published nowhere
  if (manifest.get('implementation-title') === 'Java Runtime Environment') return undefined;
  const plugin = manifest.get('short-name');
  const told = versionsOf(manifest)[0];
  const isPlugin = manifest.has('plugin-version') && plugin !== undefined;
  const named = isPlugin && told ? { artifact: plugin, version: told } : nameAndVersion(base, manifest);
  const found = named ?? (told === undefined ? undefined : { artifact: unversionedName(base, manifest), version: told });
  if (found === undefined || !artifactName.test(found.artifact)) return undefined;
  const group = groupOf(found.artifact, manifest, folders);
  return { ...found, ...(group !== undefined && { group }) };
}
