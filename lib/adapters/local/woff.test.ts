import { deflateSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { unpackWoff } from './woff.ts';

const uint32 = (...numbers: readonly number[]): Buffer => {
  const bytes = Buffer.alloc(4 * numbers.length);
  for (const [index, number] of numbers.entries()) bytes.writeUInt32BE(number, 4 * index);
  return bytes;
};

/** A WOFF with one packed and one plain table. */
const packed = (): { readonly woff: Buffer; readonly long: Buffer; readonly short: Buffer } => {
  const long = Buffer.from('glyph '.repeat(20));
  const short = Buffer.from('abcde');
  const squeezed = deflateSync(long);
  const start = 44 + 40;
  const head = Buffer.concat([Buffer.from('wOFF'), uint32(0x00010000), Buffer.alloc(4), Buffer.from([0, 2]), Buffer.alloc(30)]);
  const entries = Buffer.concat([
    Buffer.from('glyf'),
    uint32(start, squeezed.length, long.length, 7),
    Buffer.from('name'),
    uint32(start + squeezed.length, short.length, short.length, 8),
  ]);
  return { woff: Buffer.concat([head, entries, squeezed, short]), long, short };
};

it('unpacks every table to where the directory says it is', () => {
  const { woff, long, short } = packed();
  const font = unpackWoff(woff);
  expect([font.readUInt32BE(0), font.readUInt16BE(4)]).toEqual([0x00010000, 2]);
  const table = (index: number) => {
    const entry = 12 + 16 * index;
    const [checksum, offset, length] = [4, 8, 12].map((at) => font.readUInt32BE(entry + at)) as [number, number, number];
    return { tag: font.toString('latin1', entry, entry + 4), checksum, bytes: font.subarray(offset, offset + length), offset };
  };
  expect(table(0)).toMatchObject({ tag: 'glyf', checksum: 7, bytes: long });
  expect(table(1)).toMatchObject({ tag: 'name', checksum: 8, bytes: short });
  expect([table(0).offset % 4, table(1).offset % 4, font.length % 4]).toEqual([0, 0, 0]);
});

it('refuses what is none', () => expect(() => unpackWoff(Buffer.from('hello'))).toThrow('not a WOFF font'));
