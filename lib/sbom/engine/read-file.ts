import type { FileAnalysis } from '../../core/sbom/index.ts';
import type { FileCataloger, FileFindings, FileHead, StreamCataloger } from '../cataloger.ts';
import type { Body } from './tar.ts';

export interface Catalogers {
  readonly files: readonly FileCataloger[];
  readonly programs: readonly StreamCataloger[];
}

/** Takes what a cataloger found. */
export type Keep = (file: FileAnalysis) => void;

const beginningBytes = 512;

/** A cataloger never throws for what a file holds; one that does has a bug, which must not end the scan of a fleet, nor pass for "nothing here". */
const guarded = async (find: () => FileFindings | undefined | Promise<FileFindings | undefined>): Promise<FileFindings | undefined> => {
  try {
    return await find();
  } catch {
    return { unreadable: 'the program that reads such files failed on it' };
  }
};
const note = (keep: Keep, path: string, cataloger: string, findings: FileFindings | undefined): void => {
  if (findings) keep({ path, cataloger, ...findings });
};

/** Reads a file whole for the catalogers that want it; those for which it is too long say so. */
export const wholeFile = (
  head: FileHead,
  sparse: boolean,
  wanting: readonly FileCataloger[],
  keep: Keep,
  done: () => void,
): Body | undefined => {
  const refuse = (cataloger: FileCataloger, unreadable: string): void => keep({ path: head.path, cataloger: cataloger.id, unreadable });
  const readers = wanting.filter((cataloger) => {
    if (sparse) refuse(cataloger, 'it is stored as a sparse file, and those are not read');
    else if (head.size > cataloger.mostBytes) refuse(cataloger, `it is longer than ${Math.round(cataloger.mostBytes / 1024 ** 2)} MiB`);
    else return true;
    return false;
  });
  if (readers.length === 0) {
    done();
    return undefined;
  }
  const bytes = Buffer.allocUnsafeSlow(head.size);
  let filled = 0;
  return {
    push(chunk) {
      filled += chunk.copy(bytes, filled);
    },
    async end() {
      for (const reader of readers) note(keep, head.path, reader.id, await guarded(() => reader.read(head, bytes)));
      done();
    },
  };
};

/** Shows a file's beginning to the catalogers of programs, and lets it flow through those that want it. */
export const streamedFile = (head: FileHead, programs: readonly StreamCataloger[], keep: Keep, done: (beginning: Buffer) => void): Body => {
  const wished = Math.min(beginningBytes, head.size);
  let beginning: Buffer = Buffer.alloc(0);
  let readers: { readonly id: string; readonly reader: ReturnType<StreamCataloger['open']>; failed: boolean }[] | undefined;
  const feed = (chunk: Buffer): void => {
    for (const open of readers ?? [])
      try {
        if (!open.failed) open.reader.push(chunk);
      } catch {
        open.failed = true;
      }
  };
  const decide = (): void => {
    readers = programs
      .filter((cataloger) => cataloger.wants(head, beginning))
      .map((cataloger) => ({ id: cataloger.id, reader: cataloger.open(head), failed: false }));
  };
  return {
    push(chunk) {
      if (readers) return feed(chunk);
      const whole = beginning.length === 0 ? chunk : Buffer.concat([beginning, chunk]);
      // a copy: the chunk belongs to whoever sent it
      beginning = Buffer.from(whole.subarray(0, wished));
      if (beginning.length < wished) return;
      decide();
      feed(whole);
    },
    async end() {
      for (const { id, reader, failed } of readers ?? [])
        note(
          keep,
          head.path,
          id,
          await guarded(() => (failed ? { unreadable: 'the program that reads such files failed on it' } : reader.end())),
        );
      done(beginning);
    },
  };
};
