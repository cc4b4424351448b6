import { Bytes, joined } from './bytes.ts';
import { Pages } from './pages.ts';

const hashMagic = 0x061561;
const pageHead = 26;
/** Types of pages that hold the items of a hash, old and new, and of those that hold a long item. */
const itemPages: ReadonlySet<number> = new Set([2, 13]);
const overflowPage = 7;
/** Types of items: whole on the page, or a pointer to the pages it lies on. */
const itemHere = 1;
const itemElsewhere = 3;

/** The first page names the byte order of the machine that wrote it. */
function byteOrder(all: Uint8Array): Bytes | undefined {
  if (all.length < 512) return undefined;
  return [new Bytes(all, true), new Bytes(all, false)].find((bytes) => bytes.u32(12) === hashMagic);
}
export const isBerkeley = (all: Uint8Array): boolean => byteOrder(all) !== undefined;

/** An item that lies on a chain of pages. */
function longItem(pages: Pages, first: number, length: number): Uint8Array {
  const { bytes } = pages;
  if (length > bytes.length) bytes.blame('an item in it is longer than the whole');
  const parts: Uint8Array[] = [];
  let missing = length;
  let page = first;
  while (missing > 0 && bytes.trouble === undefined) {
    const at = pages.use(page);
    if (at === undefined) break;
    const here = bytes.u16(at + 22);
    if (bytes.u8(at + 25) !== overflowPage || here === 0 || here > missing || here > pages.size - pageHead) {
      bytes.blame('the pages of an item in it do not fit together');
      break;
    }
    parts.push(bytes.part(at + pageHead, here));
    missing -= here;
    page = bytes.u32(at + 16);
  }
  return bytes.trouble === undefined ? joined(parts) : new Uint8Array();
}

/** Keys and values of a page of the hash, one after the other. Items lie from the end of the page towards its beginning. */
function* itemsOf(pages: Pages, at: number): Generator<Uint8Array> {
  const { bytes, size } = pages;
  const count = bytes.u16(at + 20);
  if (pageHead + 2 * count > size) return bytes.blame('a page in it has more items than room');
  let end = size;
  for (let i = 0; i < count && bytes.trouble === undefined; i++) {
    const offset = bytes.u16(at + pageHead + 2 * i);
    if (offset < pageHead || offset >= end) return bytes.blame('the items of a page in it overlap');
    const kind = bytes.u8(at + offset);
    if (kind === itemHere) yield bytes.part(at + offset + 1, end - offset - 1);
    else if (kind === itemElsewhere) yield longItem(pages, bytes.u32(at + offset + 4), bytes.u32(at + offset + 8));
    else return bytes.blame('it has an item of a kind that rpm does not write');
    end = offset;
  }
}

/** What makes a file one that is not read, though it is a Berkeley DB. */
function objection(bytes: Bytes): string | undefined {
  const size = bytes.u32(20);
  if (size < 512 || size > 65536 || (size & (size - 1)) !== 0) return 'its pages have a size that Berkeley DB does not know';
  if (bytes.u8(24) !== 0) return 'it is encrypted';
  if ((bytes.u8(26) & 1) !== 0) return 'its pages have checksums, which rpm does not write';
  if ((bytes.u32(32) + 1) * size > bytes.length) return 'it is shorter than it says; it may be cut';
  return undefined;
}

/**
 * The headers in an rpm database of Berkeley DB: values of a hash, whose keys are numbers. All pages are looked at in their order,
 * so the hash itself is not needed. The sentence that it returns says what is wrong with it.
 */
export function* berkeleyHeaders(all: Uint8Array): Generator<Uint8Array, string | undefined> {
  const bytes = byteOrder(all);
  if (bytes === undefined) return 'it is no hash of Berkeley DB';
  const reason = objection(bytes);
  if (reason !== undefined) return reason;
  const pages = new Pages(bytes, bytes.u32(20));
  const last = bytes.u32(32);
  for (let page = 1; page <= last && bytes.trouble === undefined; page++) {
    const at = page * pages.size;
    if (!itemPages.has(bytes.u8(at + 25))) continue;
    let key: Uint8Array | undefined;
    for (const item of itemsOf(pages, at)) {
      if (key === undefined) {
        key = item;
        continue;
      }
      // key 0 holds the highest number given so far
      if (bytes.trouble === undefined && key.some((byte) => byte !== 0)) yield item;
      key = undefined;
    }
  }
  return bytes.trouble;
}
