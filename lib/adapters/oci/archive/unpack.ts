import { Readable } from 'node:stream';
import { createGunzip, createZstdDecompress } from 'node:zlib';
import type { ByteStream } from '../../../ports/image-source.ts';
import { LayerBroken } from '../digest.ts';

/** Unpacks bytes as they flow, by what they begin with: gzip, zstd, or nothing to unpack. */
export async function* unpacked(stored: ByteStream, what: string): ByteStream {
  const { start, all } = await peek(stored);
  const hex = Buffer.from(start).toString('hex');
  const unpacker = hex.startsWith('1f8b') ? createGunzip() : hex.startsWith('28b52ffd') ? createZstdDecompress() : undefined;
  if (!unpacker) return yield* all;
  const packed = Readable.from(all, { objectMode: false });
  // pipe() does not pass on that the source broke off
  packed.once('error', (error) => unpacker.destroy(error));
  try {
    yield* packed.pipe(unpacker);
  } catch (error) {
    if (error instanceof LayerBroken) throw error;
    const isPacking = error instanceof Error && 'code' in error && /^Z_|^ERR_ZSTD|^ZSTD_/.test(String(error.code));
    throw isPacking ? new LayerBroken(`${what} cannot be unpacked: its compression is damaged.`) : error;
  } finally {
    packed.destroy();
    unpacker.destroy();
  }
}

/** The first four bytes of a stream, and the whole of it. */
const peek = async (stream: ByteStream): Promise<{ readonly start: Uint8Array; readonly all: ByteStream }> => {
  const chunks = stream[Symbol.asyncIterator]();
  const first: Uint8Array[] = [];
  let size = 0;
  while (size < 4) {
    const next = await chunks.next();
    if (next.done) break;
    first.push(next.value);
    size += next.value.length;
  }
  async function* all(): ByteStream {
    yield* first;
    yield* { [Symbol.asyncIterator]: () => chunks };
  }
  return { start: Buffer.concat(first).subarray(0, 4), all: all() };
};
