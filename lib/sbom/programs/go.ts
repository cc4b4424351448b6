import type { FileFindings, StreamCataloger } from '../cataloger.ts';
import { type FileRange, writableRanges } from './elf.ts';
import { type GoBuildInfo, packagesOfGo } from './go-build-info.ts';
import { isProgram } from './magic.ts';

/** In front of what the linker writes, at a multiple of 16. Assembled here, so that this program does not hold it. */
const blobMagic = Buffer.from('\xff Go buildinf:', 'latin1');
const blobBytes = 32;
const inline = 2;
/** Around the lines on modules, wherever they stand. */
const linesBegin = Buffer.from('3077af0c9274080241e1c107e6d618e6', 'hex');
const linesEnd = Buffer.from('f932433186182072008242104116d8f2', 'hex');
const startBytes = 4096;
const longestVersion = 128;
const longestLines = 4 * 1024 * 1024;
/** The note in which the linker keeps its build id; programs of other languages have none. */
const goNote = Buffer.from('Go\0\0');

const noBytes: Buffer = Buffer.alloc(0);
type Found<T> = T | 'more' | undefined;

/** A length as Go writes it, seven bits at a time, then that many bytes. */
const lengthAt = (bytes: Buffer, at: number): Found<{ from: number; length: number }> => {
  let length = 0;
  for (let index = 0; index < 5; index += 1) {
    const byte = bytes[at + index];
    if (byte === undefined) return 'more';
    length += (byte & 0x7f) * 2 ** (7 * index);
    if (byte < 0x80) return { from: at + index + 1, length };
  }
  return undefined;
};
const textAt = (bytes: Buffer, at: number, longest: number): Found<{ text: Buffer; end: number }> => {
  const place = lengthAt(bytes, at);
  if (place === 'more' || !place) return place;
  if (place.length > longest) return undefined;
  const end = place.from + place.length;
  return end > bytes.length ? 'more' : { text: bytes.subarray(place.from, end), end };
};
const linesIn = (framed: Buffer): string =>
  framed.length > linesBegin.length + linesEnd.length ? framed.toString('utf8', linesBegin.length, framed.length - linesEnd.length) : '';

/** What stands at the magic: the information, nothing, or too few bytes to say. */
const readBlob = (bytes: Buffer): Found<GoBuildInfo> | 'pointers' => {
  if (bytes.length < blobBytes) return 'more';
  const pointerBytes = bytes[14] ?? 0;
  const flags = bytes[15] ?? 0;
  if (!(flags & inline)) return pointerBytes === 4 || pointerBytes === 8 ? 'pointers' : undefined;
  const version = textAt(bytes, blobBytes, longestVersion);
  if (version === 'more' || !version) return version;
  const written = version.text.toString('utf8');
  if (!/^(go|devel)/.test(written)) return undefined;
  const lines = textAt(bytes, version.end, longestLines);
  return lines === 'more' || !lines ? lines : { version: written, modules: linesIn(lines.text) };
};

class GoReader {
  /** The beginning, until it says where to look. */
  #start: Buffer | undefined = noBytes;
  #ranges: readonly FileRange[] | undefined;
  #isMarked = false;
  /** Bytes that were seen and may be the beginning of something; `#at` is where they are in the file. */
  #rest = noBytes;
  #at = 0;
  #info: GoBuildInfo | undefined;
  #hasPointers = false;
  /** Lines on modules outside a blob: programs before Go 1.18 only point to them. */
  #lines: Buffer | undefined;
  #linesDone = false;

  push(chunk: Uint8Array): void {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    if (this.#start === undefined) {
      this.#search(bytes);
      return;
    }
    this.#start = Buffer.concat([this.#start, bytes]);
    if (this.#start.length >= startBytes) this.#begin(this.#start);
  }

  end(): FileFindings | undefined {
    if (this.#start) this.#begin(this.#start);
    if (this.#info) return { packages: packagesOfGo(this.#info) };
    if (!this.#hasPointers) return undefined;
    // the version is behind two pointers, into bytes that have flowed by
    return { packages: packagesOfGo({ version: 'unknown', modules: this.#lines && this.#linesDone ? linesIn(this.#lines) : '' }) };
  }

  #begin(start: Buffer): void {
    this.#start = undefined;
    this.#ranges = writableRanges(start);
    this.#isMarked = start.includes(goNote);
    this.#search(start);
  }

  #search(chunk: Buffer): void {
    if (this.#isMarked && !this.#linesDone) this.#takeLines(chunk);
    const end = this.#at + this.#rest.length + chunk.length;
    if (this.#rest.length === 0 && !this.#mayHold(this.#at, end)) {
      this.#at = end;
      return;
    }
    const bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    const open = this.#takeBlobs(bytes);
    // a copy: the chunk belongs to whoever sent it
    this.#rest = Buffer.from(bytes.subarray(open ?? Math.max(0, bytes.length - blobMagic.length + 1)));
    this.#at = end - this.#rest.length;
  }

  /** Where a blob begins that is not whole yet. The last one in the file counts: embedded programs stand before the data of their host. */
  #takeBlobs(bytes: Buffer): number | undefined {
    for (let hit = bytes.indexOf(blobMagic); hit >= 0; hit = bytes.indexOf(blobMagic, hit + 1)) {
      const place = this.#at + hit;
      if (place % 16 !== 0 || !this.#mayHold(place, place + blobBytes)) continue;
      const found = readBlob(bytes.subarray(hit));
      if (found === 'more') return hit;
      if (found === 'pointers') this.#hasPointers = true;
      else if (found) this.#info = found;
    }
    return undefined;
  }

  #mayHold(from: number, to: number): boolean {
    return this.#ranges === undefined || this.#ranges.some((range) => from < range.to && to > range.from);
  }

  #takeLines(chunk: Buffer): void {
    const before = this.#lines ?? noBytes;
    const bytes = Buffer.concat([before, chunk]);
    const hit = bytes.indexOf(linesBegin);
    if (hit < 0) {
      this.#lines = Buffer.from(bytes.subarray(Math.max(0, bytes.length - linesBegin.length + 1)));
      return;
    }
    const end = bytes.indexOf(linesEnd, hit);
    this.#linesDone = end >= 0 || bytes.length - hit > longestLines;
    this.#lines =
      end >= 0 ? Buffer.from(bytes.subarray(hit, end + linesEnd.length)) : this.#linesDone ? undefined : Buffer.from(bytes.subarray(hit));
  }
}

/** Modules of Go programs for Linux, Windows and macOS: Go 1.18 and later whole, earlier ones without Go's own version. */
export const goPrograms: StreamCataloger = {
  id: 'go',
  wants: (_, beginning) => isProgram(beginning),
  open: () => new GoReader(),
};
