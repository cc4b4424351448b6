import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** Writes databases of rpm as rpm itself does, from headers of our own making. */

export type TagValue = string | readonly string[] | readonly number[];
const types = { string: 6, strings: 8, int32: 4 };

/** A header: its index of tags, then their data, big-endian. */
export function rpmHeader(tags: Readonly<Record<number, TagValue>>): Uint8Array {
  const index: Buffer[] = [];
  const data: Buffer[] = [];
  let offset = 0;
  for (const [tag, value] of Object.entries(tags)) {
    const values = typeof value === 'string' ? [value] : value;
    const isNumbers = typeof values[0] === 'number';
    const padding = isNumbers ? (4 - (offset % 4)) % 4 : 0;
    const content = Buffer.concat(values.map((one) => (typeof one === 'number' ? bigEndian(one) : Buffer.from(`${one}\0`))));
    const type = isNumbers ? types.int32 : typeof value === 'string' ? types.string : types.strings;
    index.push(bigEndian(Number(tag), type, offset + padding, values.length));
    data.push(Buffer.alloc(padding), content);
    offset += padding + content.length;
  }
  return Buffer.concat([bigEndian(index.length, offset), ...index, ...data]);
}

function bigEndian(...numbers: number[]): Buffer {
  const bytes = Buffer.alloc(4 * numbers.length);
  for (const [at, number] of numbers.entries()) bytes.writeUInt32BE(number, 4 * at);
  return bytes;
}
function littleEndian(...numbers: number[]): Buffer {
  return bigEndian(...numbers).swap32();
}

/** A package with the tags that rpm always writes, and more. */
export const packageHeader = (name: string, more: Readonly<Record<number, TagValue>> = {}): Uint8Array =>
  rpmHeader({ 1000: name, 1001: '1.2', 1002: '3.el9', 1022: 'x86_64', 1044: `${name}-1.2-3.el9.src.rpm`, ...more });

/** SQLite writes it; the pages are as small as they may be, so that long headers and many of them need what large databases need. */
export function sqliteDatabase(headers: readonly Uint8Array[], table = 'Packages'): Uint8Array {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-rpmdb-'));
  const file = join(folder, 'rpmdb.sqlite');
  const database = new DatabaseSync(file);
  database.exec(
    `PRAGMA page_size = 512; CREATE TABLE other (x); CREATE TABLE ${table} (hnum INTEGER PRIMARY KEY AUTOINCREMENT, blob BLOB NOT NULL)`,
  );
  const insert = database.prepare(`INSERT INTO ${table} (blob) VALUES (?)`);
  for (const header of headers) insert.run(header);
  database.close();
  const bytes = readFileSync(file);
  rmSync(folder, { recursive: true });
  return bytes;
}

/** One page of slots, then the packages in blocks of 16 bytes. */
export function ndbDatabase(headers: readonly Uint8Array[]): Buffer {
  const slots = Buffer.alloc(4096);
  littleEndian(0x506d7052, 0, 1, 1, headers.length + 1).copy(slots);
  for (let at = 32; at < slots.length; at += 16) slots.write('Slot', at);
  const blobs: Buffer[] = [];
  let block = slots.length / 16;
  for (const [at, header] of headers.entries()) {
    const blocks = Math.ceil((16 + header.length + 12) / 16);
    const blob = Buffer.alloc(blocks * 16);
    blob.write('BlbS');
    littleEndian(at + 1, 1, header.length).copy(blob, 4);
    blob.set(header, 16);
    littleEndian(0, header.length).copy(blob, blob.length - 12);
    blob.write('BlbE', blob.length - 4);
    littleEndian(at + 1, block, blocks).copy(slots, 32 + 16 * at + 4);
    blobs.push(blob);
    block += blocks;
  }
  return Buffer.concat([slots, ...blobs]);
}

/** A hash with pages of 512 bytes: one page of keys for each package, its header on overflow pages or, when short, beside the key. */
export function berkeleyDatabase(headers: readonly Uint8Array[], order: 'little' | 'big' = 'little'): Buffer {
  const size = 512;
  const u32 = (page: Buffer, at: number, value: number) =>
    order === 'little' ? page.writeUInt32LE(value, at) : page.writeUInt32BE(value, at);
  const u16 = (page: Buffer, at: number, value: number) =>
    order === 'little' ? page.writeUInt16LE(value, at) : page.writeUInt16BE(value, at);
  const pages = [Buffer.alloc(size)];
  const key = (number: number) => {
    const item = Buffer.from([1, 0, 0, 0, 0]);
    u32(item, 1, number);
    return item;
  };
  const hashPage = (...items: Buffer[]) => {
    const page = Buffer.alloc(size);
    page[25] = 13;
    u16(page, 20, items.length);
    let end = size;
    for (const [at, item] of items.entries()) {
      end -= item.length;
      item.copy(page, end);
      u16(page, 26 + 2 * at, end);
    }
    pages.push(page);
  };
  hashPage(key(0), key(headers.length));
  for (const [at, header] of headers.entries()) {
    if (header.length < 300) {
      hashPage(key(at + 1), Buffer.concat([Buffer.from([1]), header]));
      continue;
    }
    const pointer = Buffer.alloc(12);
    pointer[0] = 3;
    u32(pointer, 4, pages.length + 1);
    u32(pointer, 8, header.length);
    hashPage(key(at + 1), pointer);
    for (let from = 0; from < header.length; from += size - 26) {
      const part = header.subarray(from, from + size - 26);
      const page = Buffer.alloc(size);
      page[25] = 7;
      u16(page, 22, part.length);
      u32(page, 16, from + part.length < header.length ? pages.length + 1 : 0);
      page.set(part, 26);
      pages.push(page);
    }
  }
  const first = pages[0] ?? Buffer.alloc(size);
  u32(first, 12, 0x061561);
  u32(first, 16, 9);
  u32(first, 20, size);
  first[25] = 8;
  u32(first, 32, pages.length - 1);
  return Buffer.concat(pages);
}
