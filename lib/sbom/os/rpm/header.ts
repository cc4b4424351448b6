import { Bytes } from './bytes.ts';

/** Tags of rpm's headers that say what a package is and which files are its own. */
export const tag = {
  name: 1000,
  version: 1001,
  release: 1002,
  epoch: 1003,
  vendor: 1011,
  license: 1014,
  architecture: 1022,
  oldFileNames: 1027,
  fileModes: 1030,
  sourceRpm: 1044,
  directoryIndexes: 1116,
  baseNames: 1117,
  directoryNames: 1118,
  modularityLabel: 5096,
} as const;
const wanted: ReadonlySet<number> = new Set(Object.values(tag));

const int16 = 3;
const int32 = 4;
const stringTypes: ReadonlySet<number> = new Set([6, 8, 9]);
const entrySize = 16;
/** Limits of rpm itself. */
const mostEntries = 0xffff;
const mostData = 256 << 20;
const decoder = new TextDecoder('utf-8');

interface Entry {
  readonly type: number;
  readonly offset: number;
  readonly count: number;
}

/** The header of a package, as rpm keeps it: an index of tags, then the data they point to, all in big-endian order. */
export class Header {
  private readonly bytes: Bytes;
  private readonly entries = new Map<number, Entry>();
  private readonly data: number;

  constructor(blob: Uint8Array) {
    this.bytes = new Bytes(blob, false);
    const count = this.bytes.u32(0);
    const dataLength = this.bytes.u32(4);
    this.data = 8 + count * entrySize;
    if (count > mostEntries || dataLength > mostData) this.bytes.blame('a header in it is longer than rpm allows');
    else if (this.data + dataLength > blob.length) this.bytes.blame('a header in it is shorter than it says');
    for (let i = 0; i < count && this.bytes.trouble === undefined; i++) this.index(8 + i * entrySize);
  }

  get trouble(): string | undefined {
    return this.bytes.trouble;
  }

  text(name: number): string | undefined {
    return this.strings(name, 1)[0] || undefined;
  }

  /** The strings of a tag; each ends in a zero byte. */
  strings(name: number, most = Number.POSITIVE_INFINITY): string[] {
    const entry = this.entries.get(name);
    if (entry === undefined) return [];
    if (!stringTypes.has(entry.type)) this.bytes.blame('a header in it has a number where a text should be');
    const strings: string[] = [];
    let at = this.data + entry.offset;
    while (strings.length < Math.min(entry.count, most) && this.bytes.trouble === undefined) {
      const end = this.bytes.all.indexOf(0, at);
      if (end === -1) this.bytes.blame('a text in it has no end');
      else strings.push(decoder.decode(this.bytes.part(at, end - at)));
      at = end + 1;
    }
    return strings;
  }

  numbers(name: number): number[] {
    const entry = this.entries.get(name);
    if (entry === undefined) return [];
    const { type, count } = entry;
    if (type !== int16 && type !== int32) this.bytes.blame('a header in it has a text where a number should be');
    const size = type === int16 ? 2 : 4;
    const numbers: number[] = [];
    for (let i = 0; i < count && this.bytes.trouble === undefined; i++) {
      const at = this.data + entry.offset + i * size;
      numbers.push(size === 2 ? this.bytes.u16(at) : this.bytes.u32(at));
    }
    return numbers;
  }

  /** Notes where the data of a tag is. Of a tag that comes twice, the later one was added by rpm when it installed the package. */
  private index(at: number): void {
    const name = this.bytes.u32(at);
    if (!wanted.has(name)) return;
    this.entries.set(name, { type: this.bytes.u32(at + 4), offset: this.bytes.u32(at + 8), count: this.bytes.u32(at + 12) });
  }
}
