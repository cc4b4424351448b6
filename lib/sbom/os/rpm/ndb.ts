import { Bytes } from './bytes.ts';

/** A mark of four letters, as a number in little-endian order. */
const mark = (letters: string): number => new Bytes(new TextEncoder().encode(letters), true).u32(0);
const fileMark = mark('RpmP');
const slotMark = mark('Slot');
const blobStart = mark('BlbS');
const blobEnd = mark('BlbE');

const pageSize = 4096;
const slotSize = 16;
const blockSize = 16;
/** Slots begin after the header, which takes the room of two. */
const firstSlot = 2 * slotSize;
const blobHead = 16;
const blobTail = 12;

export const isNdb = (all: Uint8Array): boolean => all.length >= 4 && new Bytes(all, true).u32(0) === fileMark;

/** The header of package `index`: its blocks begin with a mark, the index and its length, and end with length and mark again. */
function blobAt(bytes: Bytes, index: number, at: number, room: number): Uint8Array {
  const length = bytes.u32(at + 12);
  const tail = at + room - blobTail;
  const fits = blobHead + length + blobTail <= room;
  const begins = bytes.u32(at) === blobStart && bytes.u32(at + 4) === index;
  const ends = bytes.u32(tail + 4) === length && bytes.u32(tail + 8) === blobEnd;
  if (!fits || !begins || !ends) bytes.blame('a slot in it points to no package');
  return bytes.part(at + blobHead, length);
}

/** The headers in an rpm database of the format ndb. The sentence that it returns says what is wrong with it. */
export function* ndbHeaders(all: Uint8Array): Generator<Uint8Array, string | undefined> {
  const bytes = new Bytes(all, true);
  if (bytes.u32(4) !== 0) return 'it is of a version of ndb that is not known';
  const end = bytes.u32(12) * pageSize;
  if (end > bytes.length) return 'it has more pages of slots than bytes; it may be cut';
  let room = bytes.length;
  for (let at = firstSlot; at < end && bytes.trouble === undefined; at += slotSize) {
    if (bytes.u32(at) !== slotMark) return 'a slot in it has no mark';
    const index = bytes.u32(at + 4);
    if (index === 0) continue;
    const size = bytes.u32(at + 12) * blockSize;
    // slots that share a place would make a small file a large one
    room -= size;
    if (room < 0) return 'its packages have more bytes than the whole';
    const blob = blobAt(bytes, index, bytes.u32(at + 8) * blockSize, size);
    if (bytes.trouble === undefined) yield blob;
  }
  return bytes.trouble;
}
