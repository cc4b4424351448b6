import { LayerTrouble } from './limits.ts';
import { isAboutNext, type LongFields, readHeader, readRecords, type TarHeader, textIn } from './tar-header.ts';

/** Takes the bytes of one entry. */
export interface Body {
  push(chunk: Buffer): void;
  end(): void | Promise<void>;
}

/** Asked for each entry; without a body its bytes are skipped. */
export type Visit = (header: TarHeader) => Body | undefined;

const blockBytes = 512;
const padding = (size: number): number => (blockBytes - (size % blockBytes)) % blockBytes;
const isEmpty = (block: Buffer): boolean => block[0] === 0 && block.every((byte) => byte === 0);
const viewOf = (chunk: Uint8Array): Buffer => Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);

/** Collects the bytes of a long name or of PAX records. */
const collector = (size: number, done: (bytes: Buffer) => void): Body => {
  const bytes = Buffer.alloc(size);
  let filled = 0;
  return {
    push(chunk) {
      filled += chunk.copy(bytes, filled);
    },
    end: () => done(bytes),
  };
};

/**
 * Reads a tar archive while it flows, as container runtimes do (Go's archive/tar): nothing is kept but one header and the long
 * fields in front of it. Entries end at the first pair of empty blocks.
 */
class TarReader {
  readonly #visit: Visit;
  readonly #mostHeaderBytes: number;
  readonly #block = Buffer.alloc(blockBytes);
  #filled = 0;
  #long: LongFields = {};
  #longBytes = 0;
  #empty = 0;
  /** An entry whose map of holes goes on in the next block. */
  #pending: TarHeader | undefined;
  #body: Body | undefined;
  #left = 0;
  #skip = 0;
  #ended = false;

  constructor(visit: Visit, mostHeaderBytes: number) {
    this.#visit = visit;
    this.#mostHeaderBytes = mostHeaderBytes;
  }

  /** Whether everything that began has ended. */
  get isWhole(): boolean {
    return this.#ended || (this.#filled === 0 && this.#left === 0 && this.#skip === 0 && this.#longBytes === 0);
  }

  async push(chunk: Buffer): Promise<void> {
    for (let at = 0; at < chunk.length && !this.#ended; ) {
      if (this.#left > 0) {
        const part = chunk.subarray(at, at + this.#left);
        this.#body?.push(part);
        this.#left -= part.length;
        at += part.length;
        if (this.#left === 0) await this.#endBody();
      } else if (this.#skip > 0) {
        const skipped = Math.min(this.#skip, chunk.length - at);
        this.#skip -= skipped;
        at += skipped;
      } else {
        const [block, used] = this.#nextBlock(chunk, at);
        at += used;
        // an entry without bytes has ended with its header
        if (block && this.#takeBlock(block)) await this.#endBody();
      }
    }
  }

  #nextBlock(chunk: Buffer, at: number): [Buffer | undefined, number] {
    if (this.#filled === 0 && chunk.length - at >= blockBytes) return [chunk.subarray(at, at + blockBytes), blockBytes];
    const used = chunk.copy(this.#block, this.#filled, at, at + blockBytes - this.#filled);
    this.#filled += used;
    if (this.#filled < blockBytes) return [undefined, used];
    this.#filled = 0;
    return [this.#block, used];
  }

  /** True when the entry it began has no bytes. */
  #takeBlock(block: Buffer): boolean {
    if (this.#pending) {
      this.#measure(blockBytes);
      if (block[504] !== 0) return false;
      return this.#begin(this.#pending);
    }
    if (isEmpty(block)) {
      this.#empty += 1;
      this.#ended = this.#empty === 2;
      return false;
    }
    this.#empty = 0;
    const header = readHeader(block, this.#long);
    if (header.type === 'S' && block[482] !== 0) {
      this.#pending = header;
      return false;
    }
    return this.#begin(header);
  }

  #begin(header: TarHeader): boolean {
    this.#pending = undefined;
    this.#left = header.size;
    this.#skip = padding(header.size);
    this.#body = this.#longBody(header);
    if (this.#body === undefined && header.type !== 'g') {
      this.#long = {};
      this.#longBytes = 0;
      this.#body = this.#visit(header);
    }
    return header.size === 0 && this.#body !== undefined;
  }

  #longBody({ type, size }: TarHeader): Body | undefined {
    if (!isAboutNext(type)) return undefined;
    this.#measure(size + blockBytes);
    if (type === 'x') return collector(size, (bytes) => Object.assign(this.#long, readRecords(bytes)));
    // records for all entries are skipped: no runtime takes names from them
    if (type === 'g') return undefined;
    const field = type === 'L' ? 'path' : 'linkpath';
    return collector(size, (bytes) => {
      this.#long[field] = textIn(bytes, 0, bytes.length);
    });
  }

  #measure(bytes: number): void {
    this.#longBytes += bytes;
    if (this.#longBytes > this.#mostHeaderBytes)
      throw new LayerTrouble(
        `the header of a file in it is longer than ${Math.round(this.#mostHeaderBytes / 1024)} KiB, and it was not read further`,
      );
  }

  async #endBody(): Promise<void> {
    const body = this.#body;
    this.#body = undefined;
    await body?.end();
  }
}

/** Calls `visit` for each entry in turn, and waits for each body to end. */
export const readTar = async (chunks: AsyncIterable<Uint8Array>, visit: Visit, mostHeaderBytes: number): Promise<void> => {
  const reader = new TarReader(visit, mostHeaderBytes);
  for await (const chunk of chunks) await reader.push(viewOf(chunk));
  if (!reader.isWhole) throw new LayerTrouble('its tar archive ends too early');
};
