import type { SoftwarePackage } from '../../../core/sbom/index.ts';
import type { OwnedPaths } from '../owned-paths.ts';
import { type Header, tag } from './header.ts';

/** `bash-5.1.8-9.el9.src.rpm`: name, version and release of the source; names have hyphens too. */
const sourceFile = /^(.+)-([^-]+-[^-]+)\.(?:no)?src\.rpm$/;
const regularFile = 0o100000;
const kindOfFile = 0o170000;

/** Of the epoch of a source nothing is said but what its packages have, where they share its version. */
function sourceOf(file: string | undefined, version: string, epoch: string): { name: string; version: string } | undefined {
  const [, name, sourceVersion] = sourceFile.exec(file ?? '') ?? [];
  if (name === undefined || sourceVersion === undefined) return undefined;
  return { name, version: sourceVersion === version ? epoch + version : sourceVersion };
}

/** What rpm says of a package, wherever it says it. */
export interface Described {
  readonly name: string;
  readonly version: string;
  readonly release: string;
  readonly epoch?: number | undefined;
  readonly sourceFile?: string | undefined;
  readonly architecture?: string | undefined;
  readonly licence?: string | undefined;
  readonly vendor?: string | undefined;
  readonly module?: string | undefined;
}

export function describedPackage(described: Described): SoftwarePackage {
  const { name, architecture, licence, vendor, module } = described;
  const version = `${described.version}-${described.release}`;
  // no epoch and epoch 0 are the same to rpm
  const epoch = described.epoch ? `${described.epoch}:` : '';
  const source = sourceOf(described.sourceFile, version, epoch);
  return {
    type: 'rpm',
    name,
    version: epoch + version,
    ...(source && { source }),
    ...(architecture && { architecture }),
    ...(licence && { licenses: [licence] }),
    ...(vendor && vendor !== '(none)' && { supplier: vendor }),
    ...(module && { module }),
  };
}

/** The package that a header describes; nothing for a key of a signer, which rpm keeps like a package. */
export function packageOf(header: Header): SoftwarePackage | 'no-package' | undefined {
  const name = header.text(tag.name);
  const version = header.text(tag.version);
  const release = header.text(tag.release);
  if (name === undefined || version === undefined || release === undefined) return undefined;
  if (name === 'gpg-pubkey') return 'no-package';
  return describedPackage({
    name,
    version,
    release,
    epoch: header.numbers(tag.epoch)[0],
    sourceFile: header.text(tag.sourceRpm),
    architecture: header.text(tag.architecture),
    licence: header.text(tag.license),
    vendor: header.text(tag.vendor),
    // name and stream; its build and context change with each update
    module: header.text(tag.modularityLabel)?.split(':', 2).join(':'),
  });
}

/** Takes the files of a package that another cataloger may look at. Of folders and links nothing is wanted. */
export function takeFiles(owned: OwnedPaths, owner: string, header: Header): void {
  const folders = header.strings(tag.directoryNames);
  const folderOf = header.numbers(tag.directoryIndexes);
  const modes = header.numbers(tag.fileModes);
  const baseNames = header.strings(tag.baseNames);
  // old versions of rpm kept each path whole
  const names = baseNames.length > 0 ? baseNames : header.strings(tag.oldFileNames);
  for (const [at, name] of names.entries()) {
    const mode = modes[at];
    if (owned.isFull) return;
    if (mode !== undefined && (mode & kindOfFile) !== regularFile) continue;
    const folder = baseNames.length > 0 ? (folders[folderOf[at] ?? -1] ?? '') : '';
    owned.add(owner, folder, name, mode === undefined ? undefined : (mode & 0o111) !== 0);
  }
}
