import { inflateRawSync } from 'node:zlib';

/** A file in an archive; its bytes are not read yet. */
export interface ZipEntry {
  readonly name: string;
  readonly method: number;
  readonly packedSize: number;
  readonly size: number;
  /** Where its local header begins. */
  readonly offset: number;
}

/** Why an archive cannot be read, as a sentence without a full stop. */
export class ZipTrouble extends Error {}

const endSignature = 0x06054b50;
const end64Signature = 0x06064b50;
const locator64Signature = 0x07064b50;
const entrySignature = 0x02014b50;
const localSignature = 0x04034b50;
const [endBytes, end64Bytes, locator64Bytes, entryBytes, localBytes] = [22, 56, 20, 46, 30];
const longestComment = 0xffff;
/** In place of a number that is too large, and stands in the extra field instead. */
const elsewhere = 0xffffffff;

interface Directory {
  readonly at: number;
  readonly size: number;
  /** Bytes before the archive, which its offsets do not count: a start script. */
  readonly prefix: number;
}

const cut = (): ZipTrouble => new ZipTrouble('it is no zip archive, or it is cut');
const big = (bytes: Buffer, at: number): number => Number(bytes.readBigUInt64LE(at));

function endOf(bytes: Buffer): number {
  const lowest = Math.max(0, bytes.length - endBytes - longestComment);
  for (let at = bytes.length - endBytes; at >= lowest; at--) if (bytes.readUInt32LE(at) === endSignature) return at;
  throw cut();
}

/** The end record of zip64, if there is one: where it begins. */
function end64Of(bytes: Buffer, end: number): number | undefined {
  const locator = end - locator64Bytes;
  if (locator < 0 || bytes.readUInt32LE(locator) !== locator64Signature) return undefined;
  const at = locator - end64Bytes;
  if (at < 0 || bytes.readUInt32LE(at) !== end64Signature) throw new ZipTrouble('its zip64 records are not where they belong');
  return at;
}

function directoryOf(bytes: Buffer): Directory {
  const end = endOf(bytes);
  const end64 = end64Of(bytes, end);
  const size = end64 === undefined ? bytes.readUInt32LE(end + 12) : big(bytes, end64 + 40);
  const offset = end64 === undefined ? bytes.readUInt32LE(end + 16) : big(bytes, end64 + 48);
  // directory and end touch, so that what stands before the archive can be told
  const at = (end64 ?? end) - size;
  if (at < 0 || offset > at) throw cut();
  return { at, size, prefix: at - offset };
}

/** Numbers of 64 bits, in the order in which the header lacks them. */
function extraNumbers(bytes: Buffer, from: number, to: number): number[] {
  let at = from;
  while (at + 4 <= to) {
    const [kind, length] = [bytes.readUInt16LE(at), bytes.readUInt16LE(at + 2)];
    const stop = Math.min(at + 4 + length, to);
    if (kind !== 1) {
      at = stop;
      continue;
    }
    const numbers: number[] = [];
    for (let next = at + 4; next + 8 <= stop; next += 8) numbers.push(big(bytes, next));
    return numbers;
  }
  return [];
}

/** The files of an archive, from its directory, one by one. Throws `ZipTrouble`. */
export function* zipEntries(bytes: Buffer): Generator<ZipEntry> {
  if (bytes.length < endBytes) throw cut();
  const { at: start, size, prefix } = directoryOf(bytes);
  const stop = start + size;
  for (let at = start; at < stop; ) {
    if (at + entryBytes > stop || bytes.readUInt32LE(at) !== entrySignature) throw new ZipTrouble('its directory is damaged');
    const nameEnd = at + entryBytes + bytes.readUInt16LE(at + 28);
    const extraEnd = nameEnd + bytes.readUInt16LE(at + 30);
    const next = extraEnd + bytes.readUInt16LE(at + 32);
    if (next > stop) throw new ZipTrouble('its directory is damaged');
    const short = [bytes.readUInt32LE(at + 24), bytes.readUInt32LE(at + 20), bytes.readUInt32LE(at + 42)];
    const long = short.includes(elsewhere) ? extraNumbers(bytes, nameEnd, extraEnd) : [];
    const [unpacked = 0, packedSize = 0, offset = 0] = short.map((number) => (number === elsewhere ? (long.shift() ?? number) : number));
    const isSealed = (bytes.readUInt16LE(at + 8) & 1) !== 0;
    const name = bytes.toString('utf8', at + entryBytes, nameEnd);
    yield { name, method: isSealed ? -1 : bytes.readUInt16LE(at + 10), packedSize, size: unpacked, offset: offset + prefix };
    at = next;
  }
}

/** The bytes of a file in an archive, never more than `most`. Throws `ZipTrouble`. */
export function zipBytes(archive: Buffer, entry: ZipEntry, most: number): Buffer {
  const { offset } = entry;
  if (offset + localBytes > archive.length || archive.readUInt32LE(offset) !== localSignature)
    throw new ZipTrouble('a file in it is not where its directory says');
  const start = offset + localBytes + archive.readUInt16LE(offset + 26) + archive.readUInt16LE(offset + 28);
  const stop = start + entry.packedSize;
  if (stop > archive.length) throw new ZipTrouble('a file in it is not where its directory says');
  if (entry.size > most) throw new ZipTrouble('it unpacks to more than is read');
  const packed = archive.subarray(start, stop);
  if (entry.method === 0) return packed;
  if (entry.method !== 8) throw new ZipTrouble('a file in it is encrypted, or packed in a way that is not known');
  try {
    // one byte more than was promised shows a lie
    return inflateRawSync(packed, { maxOutputLength: Math.max(1, Math.min(entry.size, most)) });
  } catch {
    throw new ZipTrouble('a file in it is damaged, or longer than it says');
  }
}
