import { pipeline } from 'node:stream';
import { createGunzip, createZstdDecompress, type ZstdDecompress } from 'node:zlib';
import type { LayerLimits } from './limits.ts';
import { LayerTrouble } from './limits.ts';

/** Large pieces: each one is a trip to another thread. */
const pieceBytes = 256 * 1024;
type Bytes = AsyncIterable<Uint8Array>;

/** How much went in and came out so far. */
export interface Meter {
  packed: number;
  unpacked: number;
}

/** The source with its bytes counted, ended by `stop`, and by a wait that is too long. */
export async function* guarded(source: Bytes, meter: Meter, stop: AbortSignal, idleMs: number): Bytes {
  const pieces = source[Symbol.asyncIterator]();
  let refuse: (reason: unknown) => void = () => {};
  const onStop = (): void => refuse(stop.reason);
  stop.addEventListener('abort', onStop);
  const next = (): Promise<IteratorResult<Uint8Array>> =>
    new Promise((resolve, reject) => {
      const sentence = `no bytes came for ${Math.round(idleMs / 1000)} seconds`;
      const timer = setTimeout(() => reject(new LayerTrouble(sentence)), idleMs);
      refuse = reject;
      pieces
        .next()
        .then(resolve, reject)
        .finally(() => clearTimeout(timer));
    });
  let ended = false;
  try {
    while (!stop.aborted) {
      const { value, done } = await next();
      if (done) {
        ended = true;
        return;
      }
      meter.packed += value.length;
      yield value;
    }
    throw stop.reason;
  } finally {
    stop.removeEventListener('abort', onStop);
    // not awaited: a source that hangs would hang here, too
    if (!ended) pieces.return?.().catch(() => {});
  }
}

/** The first bytes, and the same stream again. */
const peek = async (source: Bytes, count: number): Promise<{ beginning: Uint8Array; whole: Bytes }> => {
  const pieces = source[Symbol.asyncIterator]();
  const read: Uint8Array[] = [];
  let length = 0;
  while (length < count) {
    const { value, done } = await pieces.next();
    if (done) break;
    read.push(value);
    length += value.length;
  }
  async function* whole(): Bytes {
    yield* read.splice(0);
    yield* { [Symbol.asyncIterator]: () => pieces };
  }
  return { beginning: Buffer.concat(read).subarray(0, count), whole: whole() };
};

interface Packing {
  readonly name: string;
  readonly matches: (beginning: Buffer) => boolean;
  readonly open?: (packed: Bytes) => Bytes;
}
const startsWith = (...signs: readonly number[]) => {
  const magic = Buffer.from(signs);
  return (beginning: Buffer): boolean => beginning.subarray(0, magic.length).equals(magic);
};
const unpackedGzip = (source: Bytes): Bytes => pipeline(source, createGunzip({ chunkSize: pieceBytes }), () => {});
const write = (unpacker: ZstdDecompress, bytes: Uint8Array): Promise<void> =>
  new Promise((resolve, reject) => unpacker.write(bytes, (error) => (error ? reject(error) : resolve())));

/** Feeds until a frame ends within a piece; gives what is left of that piece, and nothing at the end. */
const feedFrame = async (
  first: Uint8Array,
  pieces: AsyncIterator<Uint8Array>,
  unpacker: ZstdDecompress,
): Promise<Uint8Array | undefined> => {
  try {
    for (let piece: Uint8Array | undefined = first; piece; piece = await nextOf(pieces)) {
      const before = unpacker.bytesWritten;
      await write(unpacker, piece);
      const taken = unpacker.bytesWritten - before;
      if (taken === 0) throw new LayerTrouble('its zstd stream is corrupt');
      if (taken < piece.length) return piece.subarray(taken);
    }
    unpacker.end();
  } catch (error) {
    unpacker.destroy(error as Error);
  }
  return undefined;
};
const nextOf = async (pieces: AsyncIterator<Uint8Array>): Promise<Uint8Array | undefined> => {
  const { value, done } = await pieces.next();
  return done ? undefined : value;
};

/**
 * All frames of a zstd stream, as parallel packers write them. A stream of Node ends, without a word, with the first frame that ends
 * within a piece; the next one goes on with what is left.
 */
async function* unpackedZstd(source: Bytes): Bytes {
  const pieces = source[Symbol.asyncIterator]();
  try {
    for (let rest = await nextOf(pieces); rest; ) {
      const unpacker = createZstdDecompress({ chunkSize: pieceBytes });
      const fed = feedFrame(rest, pieces, unpacker);
      yield* unpacker;
      rest = await fed;
    }
  } finally {
    pieces.return?.()?.catch(() => {});
  }
}

const packings: readonly Packing[] = [
  { name: 'gzip', matches: startsWith(0x1f, 0x8b), open: unpackedGzip },
  { name: 'zstd', matches: startsWith(0x28, 0xb5, 0x2f, 0xfd), open: unpackedZstd },
  // a frame to skip, with which zstd files that can be read in parts may begin
  {
    name: 'zstd',
    matches: (beginning) => beginning.length === 6 && (beginning.readUInt32LE() & 0xfffffff0) >>> 0 === 0x184d2a50,
    open: unpackedZstd,
  },
  { name: 'xz', matches: startsWith(0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00) },
  { name: 'bzip2', matches: startsWith(0x42, 0x5a, 0x68) },
];

const packingTrouble = (name: string, error: unknown): unknown => {
  const code = String((error as { code?: unknown })?.code);
  if (!code.startsWith('Z_') && !code.startsWith('ZSTD_')) return error;
  return code === 'Z_BUF_ERROR' ? new LayerTrouble(`its ${name} stream ends too early`) : new LayerTrouble(`its ${name} stream is corrupt`);
};

const judge = (meter: Meter, limits: LayerLimits): void => {
  if (meter.unpacked > limits.mostUnpackedBytes)
    throw new LayerTrouble(`it unpacks to more than ${Math.round(limits.mostUnpackedBytes / 1024 ** 2)} MiB, and was not read further`);
  if (meter.unpacked > limits.ratioFromBytes && meter.unpacked > meter.packed * limits.mostRatio)
    throw new LayerTrouble(`it unpacks to more than ${limits.mostRatio} times its size, as only bombs do, and was not read further`);
};

/** The tar archive of a layer, however it is packed; told by its first bytes, because media types are often wrong. */
export async function* unpacked(source: Bytes, meter: Meter, limits: LayerLimits): Bytes {
  const { beginning, whole } = await peek(source, 6);
  const packing = packings.find(({ matches }) => matches(Buffer.from(beginning)));
  if (packing && !packing.open) throw new LayerTrouble(`it is packed with ${packing.name}, which is not read`);
  const pieces = packing?.open?.(whole) ?? whole;
  try {
    for await (const piece of pieces) {
      meter.unpacked += piece.length;
      judge(meter, limits);
      yield piece;
    }
  } catch (error) {
    throw packing ? packingTrouble(packing.name, error) : error;
  }
}
