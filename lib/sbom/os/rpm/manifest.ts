import type { SoftwarePackage } from '../../../core/sbom/index.ts';
import type { FileCataloger, FileFindings } from '../../cataloger.ts';
import { excess } from '../limits.ts';
import { linesOf, notText, textOf } from '../text.ts';
import { describedPackage } from './package.ts';

const manifestPath = 'var/lib/rpmmanifest/container-manifest-2';

/** A line: name, version, times of installation and build, vendor, epoch, size, architecture, epoch as a number, source. */
function packageOn(line: string): SoftwarePackage | undefined {
  const [name, versionRelease = '', , , vendor, , , architecture, epoch, sourceFile] = line.split('\t');
  const [, version, release] = /^([^-]+)-([^-]+)$/.exec(versionRelease) ?? [];
  if (!name || version === undefined || release === undefined || sourceFile === undefined) return undefined;
  return describedPackage({
    name,
    version,
    release,
    epoch: Number.parseInt(epoch ?? '', 10) || undefined,
    sourceFile,
    architecture,
    vendor,
  });
}

function read(bytes: Uint8Array): FileFindings | undefined {
  const text = textOf(bytes);
  if (text === undefined) return notText;
  const packages: SoftwarePackage[] = [];
  for (const line of linesOf(text)) {
    if (line === '' || line.startsWith('gpg-pubkey\t')) continue;
    const found = packageOn(line);
    if (found === undefined) return { unreadable: `line ${packages.length + 1} names no package` };
    packages.push(found);
    const tooMuch = excess(packages.length, found);
    if (tooMuch !== undefined) return tooMuch;
  }
  return packages.length === 0 ? undefined : { packages };
}

/** The list that Azure Linux leaves in images without rpm, in place of its database. */
export const rpmManifest: FileCataloger = {
  id: 'rpm-manifest',
  mostBytes: 16 << 20,
  wants: ({ path }) => path === manifestPath,
  read: (_head, bytes) => read(bytes),
};
