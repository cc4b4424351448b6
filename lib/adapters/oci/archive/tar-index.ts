import { type FileHandle, open } from 'node:fs/promises';
import { posix } from 'node:path';
import { failed, type Result, succeed } from '../../../core/failure.ts';
import { parseHeader, parsePax, type TarHeader, textOf } from './tar-header.ts';

/** Where the bytes of a file are in a tar. */
export interface TarEntry {
  readonly offset: number;
  readonly size: number;
}

/** The files of a tar by their paths; links are followed already. */
export type TarIndex = ReadonlyMap<string, TarEntry>;

/** Entries that an archive of images may have; the largest real ones have a few thousand. */
const maxEntries = 200_000;
/** Bytes of a long name or of pax records. */
const maxExtensionBytes = 1024 * 1024;
const block = 512;

/** Reads the headers of a tar, without its files. */
export const indexTar = async (path: string): Promise<Result<TarIndex>> => {
  await using file = await open(path, 'r');
  const { size } = await file.stat();
  const entries = new Map<string, TarEntry>();
  const links = new Map<string, string>();
  const wrong = (why: string) => failed('input-invalid', `The archive ${posix.basename(path)} is not read: ${why}.`);
  let extension: Partial<TarHeader> = {};
  let count = 0;
  for (let at = 0; at + block <= size; ) {
    const header = parseHeader(await readAt(file, at, block));
    if (header === 'end') break;
    if (header === undefined) return wrong(at === 0 ? 'it is no tar archive' : `it is damaged at byte ${at}`);
    count += 1;
    if (count > maxEntries) return wrong(`it has more than ${maxEntries} entries`);
    const length = extension.size ?? header.size;
    const offset = at + block;
    if (!Number.isSafeInteger(length) || offset + length > size) return wrong('it ends before its last file does; copy it again');
    at = offset + Math.ceil(length / block) * block;
    if (['x', 'L', 'K'].includes(header.type)) {
      if (length > maxExtensionBytes) return wrong('it has a name without an end');
      extension = { ...extension, ...extensionOf(header.type, await readAt(file, offset, length)) };
      continue;
    }
    // records for all entries that follow; nobody writes names into them
    if (header.type === 'g') continue;
    const name = inside(extension.name ?? header.name);
    if (name === undefined) return wrong('it has a path that leads out of it');
    if (header.type === '0' || header.type === '7') entries.set(name, { offset, size: length });
    if (header.type === '1' || header.type === '2') {
      const target = extension.link ?? header.link;
      const to = inside(header.type === '1' ? target : posix.join(posix.dirname(name), target));
      if (to === undefined || target.startsWith('/')) return wrong('it has a link that leads out of it');
      links.set(name, to);
    }
    extension = {};
  }
  if (count === 0) return wrong('it is empty or no tar archive');
  for (const name of links.keys()) {
    const found = follow(name, links, entries);
    if (found) entries.set(name, found);
  }
  return succeed(entries);
};

const extensionOf = (type: string, bytes: Uint8Array): Partial<TarHeader> => {
  if (type === 'L') return { name: textOf(bytes) };
  return type === 'K' ? { link: textOf(bytes) } : parsePax(bytes);
};

/** A path without `./` and slashes around it; `undefined` when it leads out. */
const inside = (name: string): string | undefined => {
  const plain = posix.normalize(name.replace(/^\/+/, '')).replace(/\/+$/, '');
  return plain === '..' || plain.startsWith('../') ? undefined : plain;
};

/** What a link leads to in the end; nothing, if that is not there or leads in circles. */
const follow = (name: string, links: ReadonlyMap<string, string>, entries: ReadonlyMap<string, TarEntry>): TarEntry | undefined => {
  let current: string | undefined = name;
  for (let hop = 0; hop < 8 && current !== undefined; hop += 1) {
    const found = entries.get(current);
    if (found) return found;
    current = links.get(current);
  }
  return undefined;
};

/** Bytes of a file; fewer where it ends. */
export const readAt = async (file: FileHandle, offset: number, length: number): Promise<Uint8Array> => {
  const buffer = Buffer.alloc(length);
  let done = 0;
  while (done < length) {
    const { bytesRead } = await file.read(buffer, done, length - done, offset + done);
    if (bytesRead === 0) break;
    done += bytesRead;
  }
  return buffer.subarray(0, done);
};
