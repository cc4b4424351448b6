import { inflateSync } from 'node:zlib';

const headerSize = 44;
const entrySize = 20;
const padded = (bytes: Buffer): Buffer => Buffer.concat([bytes, Buffer.alloc((4 - (bytes.length % 4)) % 4)]);

/**
 * A WOFF 1.0 font (W3C recommendation of 2012) as the TrueType or OpenType font it packs. The PDF library reads WOFF too, but unpacks a table again for every glyph, which takes
 * seconds for a font as large as one of all scripts. Throws when the bytes are no WOFF.
 */
export const unpackWoff = (woff: Buffer): Buffer => {
  if (woff.toString('latin1', 0, 4) !== 'wOFF') throw new Error('not a WOFF font');
  const number = woff.readUInt16BE(12);
  const directory = Buffer.alloc(12 + 16 * number);
  // the kind of outlines, then the number of tables; the search hints may stay zero
  woff.copy(directory, 0, 4, 8);
  directory.writeUInt16BE(number, 4);
  const tables: Buffer[] = [];
  let offset = directory.length;
  for (let index = 0; index < number; index += 1) {
    const entry = headerSize + entrySize * index;
    const [start, packed, length, checksum] = [4, 8, 12, 16].map((at) => woff.readUInt32BE(entry + at)) as [number, number, number, number];
    const bytes = woff.subarray(start, start + packed);
    const table = padded(packed < length ? inflateSync(bytes) : bytes);
    const to = 12 + 16 * index;
    woff.copy(directory, to, entry, entry + 4);
    directory.writeUInt32BE(checksum, to + 4);
    directory.writeUInt32BE(offset, to + 8);
    directory.writeUInt32BE(length, to + 12);
    tables.push(table);
    offset += table.length;
  }
  return Buffer.concat([directory, ...tables]);
};
