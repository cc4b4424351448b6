import { expect, it } from 'vitest';
import { berkeleyDatabase, ndbDatabase, packageHeader, sqliteDatabase } from '../../../../test/support/rpm-databases.ts';
import { rpmDatabase } from './rpm.ts';

const read = (bytes: Uint8Array) => rpmDatabase.read({ path: 'var/lib/rpm/Packages', size: bytes.length, mode: 0o644 }, bytes);
const long = (name: string) => packageHeader(name, { 1004: 'x'.repeat(3000) });
const pageSize = 512;
/** Number of the page that holds the root of `Packages`, by the type of its pages: the last one that is a leaf or an inner page before data. */
const pageOf = (bytes: Uint8Array, isIt: (page: Uint8Array) => boolean): number => {
  for (let at = pageSize; at < bytes.length; at += pageSize) if (isIt(bytes.subarray(at, at + pageSize))) return at;
  return -1;
};

it('SQLite: an overflow page that follows itself', () => {
  const bytes = Buffer.from(sqliteDatabase([long('one')]));
  // the first overflow page: it holds the beginning of the long text and a small number of the next page
  const at = pageOf(bytes, (page) => Buffer.from(page).subarray(100, 110).toString() === 'xxxxxxxxxx' && page[0] === 0 && page[3] !== 0);
  expect(at).toBeGreaterThan(0);
  bytes.writeUInt32BE(at / pageSize + 1, at);
  expect(read(bytes)).toEqual({ unreadable: 'two places in it name the same page' });
});

it('SQLite: an inner page that is its own child', () => {
  const bytes = Buffer.from(sqliteDatabase(Array.from({ length: 40 }, (_, at) => packageHeader(`p${at}`))));
  const at = pageOf(bytes, (page) => page[0] === 0x05);
  expect(at).toBeGreaterThan(0);
  bytes.writeUInt32BE(at / pageSize + 1, at + 8);
  expect(read(bytes)).toEqual({ unreadable: 'two places in it name the same page' });
});

it('SQLite: cells that all point to one record', () => {
  const bytes = Buffer.from(sqliteDatabase([packageHeader('one', { 1004: 'y'.repeat(100) })]));
  const at = pageOf(bytes, (page) => page[0] === 0x0d && Buffer.from(page).includes('yyyyyyyyyy'));
  expect(at).toBeGreaterThan(0);
  const cell = bytes.readUInt16BE(at + 8);
  const cells = 60;
  bytes.writeUInt16BE(cells, at + 3);
  for (let i = 0; i < cells; i++) bytes.writeUInt16BE(cell, at + 8 + 2 * i);
  expect(read(bytes)).toEqual({ unreadable: 'its records have more bytes than the whole' });
});

it('SQLite: no table of packages, no pages, a page size that there is not', () => {
  expect(read(sqliteDatabase([long('one')], 'Parcels'))).toEqual({ unreadable: 'it has no table Packages' });
  const bytes = Buffer.from(sqliteDatabase([long('one')]));
  bytes.writeUInt16BE(3, 16);
  expect(read(bytes)).toEqual({ unreadable: 'its pages have a size that SQLite does not know' });
});

it('ndb: slots that share a place, or claim all there is', () => {
  const bytes = ndbDatabase([long('one')]);
  for (let slot = 1; slot < 200; slot++) bytes.copy(bytes, 32 + 16 * slot, 32, 48);
  expect(read(bytes)).toEqual({ unreadable: 'its packages have more bytes than the whole' });
  const claiming = ndbDatabase([long('one')]);
  claiming.writeUInt32LE(0xffffffff, 32 + 12);
  expect(read(claiming)).toEqual({ unreadable: 'its packages have more bytes than the whole' });
});

it('ndb: more pages of slots than bytes, another version', () => {
  const bytes = ndbDatabase([long('one')]);
  bytes.writeUInt32LE(0xffffffff, 12);
  expect(read(bytes)).toEqual({ unreadable: 'it has more pages of slots than bytes; it may be cut' });
  const newer = ndbDatabase([long('one')]);
  newer.writeUInt32LE(1, 4);
  expect(read(newer)).toEqual({ unreadable: 'it is of a version of ndb that is not known' });
});

it('Berkeley DB: a chain of pages that is a loop, two items on one chain', () => {
  const bytes = berkeleyDatabase([long('one')]);
  const at = pageOf(bytes, (page) => page[25] === 7);
  bytes.writeUInt32LE(at / pageSize, at + 16);
  expect(read(bytes)).toEqual({ unreadable: 'two places in it name the same page' });
  const shared = berkeleyDatabase([long('one'), long('two')]);
  const pointers = [2, 3].map((page) => page * pageSize);
  const [first = 0] = pointers;
  const second = first + (1 + Math.ceil(long('one').length / (pageSize - 26))) * pageSize;
  shared.copy(shared, second, first, first + pageSize);
  expect(read(shared)).toEqual({ unreadable: 'two places in it name the same page' });
});

it('Berkeley DB: encrypted, with checksums, with pages of another size', () => {
  const changed = (at: number, byte: number) => {
    const bytes = berkeleyDatabase([long('one')]);
    bytes[at] = byte;
    return read(bytes);
  };
  expect(changed(24, 1)).toEqual({ unreadable: 'it is encrypted' });
  expect(changed(26, 1)).toEqual({ unreadable: 'its pages have checksums, which rpm does not write' });
  expect(changed(20, 7)).toEqual({ unreadable: 'its pages have a size that Berkeley DB does not know' });
});
