import type { FileCataloger, FileFindings } from '../../cataloger.ts';
import { tooManyFiles } from '../limits.ts';
import { OwnedPaths } from '../owned-paths.ts';
import { linesOf, notText, textOf } from '../text.ts';

/** `libc6:amd64.list` belongs to `libc6`. */
const listPath = /^var\/lib\/dpkg\/(?:info\/([^/:]+)(?::[^/:]+)?\.list|status\.d\/([^/]+)\.md5sums)$/;
const checksumLine = /^[0-9a-f]{32}\s+\*?(.+)$/;

/** A path as either kind of file writes it. */
const pathOf = (line: string): string | undefined => (line.startsWith('/') ? line : checksumLine.exec(line)?.[1]);

function read(path: string, bytes: Uint8Array): FileFindings | undefined {
  const [, listed, summed] = listPath.exec(path) ?? [];
  const owner = listed ?? summed;
  if (owner === undefined) return undefined;
  const text = textOf(bytes);
  if (text === undefined) return notText;
  const owned = new OwnedPaths();
  let last = '';
  for (const line of linesOf(text)) {
    if (line === '') continue;
    const file = pathOf(line);
    if (file === undefined) return { unreadable: 'it has a line that names no file' };
    // a folder comes before what is in it
    if (!file.startsWith(`${last}/`)) owned.add(owner, '', last);
    last = file;
  }
  owned.add(owner, '', last);
  if (owned.isFull) return tooManyFiles;
  const findings = owned.findings();
  return findings.owned === undefined ? undefined : findings;
}

/** Whose files are whose: the lists of dpkg, and the checksums of images without dpkg. */
export const dpkgFileLists: FileCataloger = {
  id: 'dpkg-files',
  mostBytes: 16 << 20,
  wants: ({ path }) => path.startsWith('var/lib/dpkg/') && listPath.test(path),
  read: (head, bytes) => read(head.path, bytes),
};
