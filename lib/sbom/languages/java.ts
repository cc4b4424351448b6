import type { FileCataloger, FileFindings } from '../cataloger.ts';
import { ArchiveReader, archiveName } from './java/archive.ts';

function read(path: string, bytes: Uint8Array): FileFindings | undefined {
  const reader = new ArchiveReader();
  reader.read(path, Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  const { packages, trouble } = reader;
  if (packages.length === 0 && trouble === undefined) return undefined;
  return { ...(packages.length > 0 && { packages }), ...(trouble !== undefined && { unreadable: trouble }) };
}

/**
 * Archives of Java and those nested in them, named `group:artifact` as Maven does: by the notes that Maven leaves, else by manifest and file name. A group that
 * is told nowhere stays away, and with it the advisories: it is not guessed.
 */
export const javaArchives: FileCataloger = {
  id: 'java',
  mostBytes: 512 << 20,
  wants: ({ path }) => archiveName.test(path),
  read: ({ path }, bytes) => read(path, bytes),
};
