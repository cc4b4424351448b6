import { constants, createReadStream } from 'node:fs';
import { open, realpath, stat } from 'node:fs/promises';
import { basename, join, sep } from 'node:path';
import { failed, type Result, succeed } from '../../../core/failure.ts';
import type { ByteStream } from '../../../ports/image-source.ts';
import { LayerBroken } from '../digest.ts';
import { indexTar, readAt } from './tar-index.ts';

/** The files of an archive, in a folder or in a tar. Nothing outside of it can be reached, whatever a path says. */
export interface ArchiveFiles {
  /** Name of the file or folder, for sentences. */
  readonly name: string;
  sizeOf(path: string): Promise<number | undefined>;
  /** A small file, whole. */
  read(path: string, maxBytes: number): Promise<Result<Uint8Array>>;
  /** Bytes of a file that `sizeOf` knows, from the beginning. */
  stream(path: string, signal: AbortSignal): Promise<ByteStream>;
}

/** Opens a folder or a tar; says what else it is, if neither. */
export const openFiles = async (path: string): Promise<Result<ArchiveFiles>> => {
  const name = basename(path);
  try {
    const about = await stat(path);
    if (about.isDirectory()) return succeed(filesOfFolder(await realpath(path), name));
    if (!about.isFile()) return failed('input-invalid', `${name} is neither a folder nor a file, so it holds no image.`);
    const packed = await packing(path);
    if (packed !== undefined)
      return failed(
        'input-invalid',
        `The archive ${name} is compressed as a whole, so nothing in it can be found; unpack it first (${packed}).`,
      );
    return await filesOfTar(path, name);
  } catch (error) {
    return unreadable(error, name);
  }
};

const unreadable = (error: unknown, name: string) => {
  const code = error instanceof Error && 'code' in error ? error.code : '';
  if (code === 'ENOENT' || code === 'ENOTDIR') return failed('not-found', `There is no file or folder ${name}; check its path.`);
  return failed(
    'input-invalid',
    `${name} cannot be read${typeof code === 'string' && code !== '' ? ` (${code})` : ''}; check that it is whole and that you may read it.`,
  );
};

/** How to unpack a compressed file; `undefined` when it is none. */
const packing = async (path: string): Promise<string | undefined> => {
  await using file = await open(path, 'r');
  const start = Buffer.from(await readAt(file, 0, 6)).toString('hex');
  const magics: readonly (readonly [string, string])[] = [
    ['1f8b', 'gunzip'],
    ['28b52ffd', 'zstd -d'],
    ['fd377a585a00', 'unxz'],
    ['425a68', 'bunzip2'],
  ];
  return magics.find(([magic]) => start.startsWith(magic))?.[1];
};

const filesOfTar = async (path: string, name: string): Promise<Result<ArchiveFiles>> => {
  const index = await indexTar(path);
  if (!index.ok) return index;
  return succeed({
    name,
    sizeOf: async (inner) => index.value.get(inner)?.size,
    read: async (inner, maxBytes) => {
      const entry = index.value.get(inner);
      if (!entry) return failed('not-found', `The archive ${name} has no ${inner}.`);
      if (entry.size > maxBytes) return tooLarge(name, inner, maxBytes);
      try {
        await using file = await open(path, 'r');
        return succeed(await readAt(file, entry.offset, entry.size));
      } catch (error) {
        return unreadable(error, name);
      }
    },
    stream: async (inner, signal) => {
      const { offset, size } = index.value.get(inner) ?? { offset: 0, size: 0 };
      if (size === 0) return nothing();
      return told(createReadStream(path, { start: offset, end: offset + size - 1, signal, highWaterMark: 256 * 1024 }), name, signal);
    },
  });
};

async function* nothing(): ByteStream {}

/** A stream that ends with a sentence when it cannot go on. */
async function* told(bytes: ByteStream, name: string, signal: AbortSignal): ByteStream {
  try {
    yield* bytes;
  } catch (error) {
    throw new LayerBroken(signal.aborted ? `Reading ${name} was cancelled.` : unreadable(error, name).failure.say);
  }
}

const tooLarge = (name: string, inner: string, maxBytes: number) =>
  failed('input-invalid', `In the archive ${name}, ${inner} is larger than ${maxBytes / 2 ** 20} MiB, so it was not read.`);

const filesOfFolder = (root: string, name: string): ArchiveFiles => {
  /** The real path of a file below the root; `undefined` when it is not there, is no file, or is a link out. */
  const find = async (inner: string): Promise<{ readonly path: string; readonly size: number } | undefined> => {
    const path = await realpath(join(root, inner)).catch(() => undefined);
    if (path === undefined || !path.startsWith(`${root}${root.endsWith(sep) ? '' : sep}`)) return undefined;
    const about = await stat(path).catch(() => undefined);
    return about?.isFile() ? { path, size: about.size } : undefined;
  };
  return {
    name,
    sizeOf: async (inner) => (await find(inner))?.size,
    read: async (inner, maxBytes) => {
      const found = await find(inner);
      if (!found) return failed('not-found', `The folder ${name} has no file ${inner}, or it leads out of the folder.`);
      if (found.size > maxBytes) return tooLarge(name, inner, maxBytes);
      try {
        await using file = await open(found.path, constants.O_RDONLY);
        return succeed(await readAt(file, 0, found.size));
      } catch (error) {
        return unreadable(error, name);
      }
    },
    stream: async (inner, signal) => {
      const found = await find(inner);
      return found ? told(createReadStream(found.path, { signal, highWaterMark: 256 * 1024 }), name, signal) : nothing();
    },
  };
};
