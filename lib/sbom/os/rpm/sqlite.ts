import { Bytes, joined } from './bytes.ts';
import { Pages } from './pages.ts';
import { columnsOf, varint } from './sqlite-record.ts';

/**
 * Reads tables of a SQLite file from its bytes alone (the file format is described at sqlite.org/fileformat2.html): node:sqlite
 * wants a file, and a database from an image is not to be trusted with an engine.
 */
const magic = new TextEncoder().encode('SQLite format 3\0');
const interior = 0x05;
const leaf = 0x0d;

export const isSqlite = (all: Uint8Array): boolean => magic.every((byte, at) => all[at] === byte);

interface Database {
  readonly bytes: Bytes;
  readonly pages: Pages;
  /** Bytes of a page without those reserved at its end. */
  readonly usable: number;
  /** Bytes that records may still have: cells that share a place would make a small file a large one. */
  room: number;
}

function open(all: Uint8Array): Database {
  const bytes = new Bytes(all, false);
  const stated = bytes.u16(16);
  const size = stated === 1 ? 65536 : stated;
  if (size < 512 || (size & (size - 1)) !== 0) bytes.blame('its pages have a size that SQLite does not know');
  const usable = size - bytes.u8(20);
  if (usable < 480) bytes.blame('its pages have no room for content');
  if (bytes.u32(56) > 1) bytes.blame('its text is not in UTF-8');
  const pages = new Pages(bytes, Math.max(size, 512));
  if (pages.count < bytes.u32(28)) bytes.blame('it is shorter than it says; it may be cut');
  return { bytes, pages, usable, room: bytes.length };
}

/** The whole record of a cell: what fits lies on the page, the rest in a chain of overflow pages. */
function recordAt(database: Database, cell: number): Bytes {
  const { bytes, pages, usable } = database;
  const { value: length, next: afterLength } = varint(bytes, cell);
  const start = varint(bytes, afterLength).next;
  database.room -= length;
  if (database.room < 0) bytes.blame('its records have more bytes than the whole');
  const most = usable - 35;
  const least = Math.floor(((usable - 12) * 32) / 255) - 23;
  const spread = least + ((length - least) % (usable - 4));
  const local = length <= most ? length : spread <= most ? spread : least;
  const parts = [bytes.part(start, local)];
  let missing = length - local;
  let page = missing > 0 ? bytes.u32(start + local) : 0;
  while (missing > 0 && bytes.trouble === undefined) {
    const at = pages.use(page - 1);
    if (at === undefined) break;
    const here = Math.min(missing, usable - 4);
    parts.push(bytes.part(at + 4, here));
    missing -= here;
    page = bytes.u32(at);
  }
  return new Bytes(bytes.trouble === undefined ? joined(parts) : new Uint8Array(), false);
}

/** The records of a table, its pages walked in order. The file header of 100 bytes lies on page 1. */
function* recordsOf(database: Database, root: number): Generator<Bytes> {
  const { bytes, pages } = database;
  const waiting = [root];
  for (let page = waiting.pop(); page !== undefined && bytes.trouble === undefined; page = waiting.pop()) {
    const at = pages.use(page - 1);
    if (at === undefined) return;
    const head = at + (page === 1 ? 100 : 0);
    const kind = bytes.u8(head);
    const cells = bytes.u16(head + 3);
    if (kind !== leaf && kind !== interior) return bytes.blame('a page of its table is none of a table');
    const pointers = head + (kind === leaf ? 8 : 12);
    if (pointers + 2 * cells > at + pages.size) return bytes.blame('a page of its table has more cells than room');
    const cellAt = (index: number) => at + bytes.u16(pointers + 2 * index);
    if (kind === interior) {
      waiting.push(bytes.u32(head + 8));
      for (let i = cells - 1; i >= 0; i--) waiting.push(bytes.u32(cellAt(i)));
    } else {
      for (let i = 0; i < cells && bytes.trouble === undefined; i++) yield recordAt(database, cellAt(i));
    }
  }
}

/** Page where a table begins, by the schema that is on page 1. */
function rootOf(database: Database, table: string): number | undefined {
  for (const record of recordsOf(database, 1)) {
    const [type, name, , root] = columnsOf(record);
    if (type === 'table' && name === table && typeof root === 'number') return root;
  }
  return undefined;
}

/** The headers in an rpm database of SQLite: blobs of the table `Packages`. The sentence that it returns says what is wrong with it. */
export function* sqliteHeaders(all: Uint8Array): Generator<Uint8Array, string | undefined> {
  const database = open(all);
  if (database.bytes.trouble !== undefined) return database.bytes.trouble;
  const root = rootOf(database, 'Packages');
  if (root === undefined) return database.bytes.trouble ?? 'it has no table Packages';
  for (const record of recordsOf(database, root)) {
    const blob = columnsOf(record)[1];
    if (database.bytes.trouble !== undefined) break;
    if (!(blob instanceof Uint8Array)) return record.trouble ?? 'a row of its table Packages has no header';
    yield blob;
  }
  return database.bytes.trouble;
}
