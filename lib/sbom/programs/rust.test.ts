import { constants, deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { rustPrograms } from './rust.ts';

const list = {
  packages: [
    { name: 'libc', version: '0.2.1', source: 'crates.io' },
    { name: 'cc', version: '1.0.0', source: 'crates.io', kind: 'build' },
    { name: 'app', version: '0.1.0', source: 'local', dependencies: [0], root: true },
  ],
};
const large = {
  packages: Array.from({ length: 2000 }, (_, index) => ({
    name: `crate-${index}`,
    version: `${index}.${index % 7}.0`,
    source: 'crates.io',
  })),
};
/** Every kind of byte, the letter `x` often. */
const noise = Buffer.from(
  Array.from({ length: 50_000 }, (_, index) => (index % 5 === 0 ? 0x78 : (index * index * 7 + (index >> 3)) & 0xff)),
);
const program = (packed: Uint8Array): Buffer => Buffer.concat([Buffer.from('\x7fELF', 'latin1'), noise, packed, noise]);
const read = (bytes: Buffer, pieceBytes = bytes.length) => {
  const reader = rustPrograms.open({ path: 'bin/p', size: bytes.length, mode: 0o755 });
  for (let at = 0; at < bytes.length; at += pieceBytes) reader.push(bytes.subarray(at, at + pieceBytes));
  return reader.end();
};

describe('a program of Rust that can be audited', () => {
  it('says its crates, without those that only built it', () => {
    const expected = {
      packages: [
        { type: 'cargo', name: 'libc', version: '0.2.1' },
        { type: 'cargo', name: 'app', version: '0.1.0', main: true },
      ],
    };
    for (const options of [
      { level: 1 },
      { level: 6 },
      { level: 9 },
      { strategy: constants.Z_FIXED },
      { strategy: constants.Z_HUFFMAN_ONLY },
    ])
      for (const pieceBytes of [13, 1000, 65_536, 1 << 20])
        expect(read(program(deflateSync(JSON.stringify(list), options)), pieceBytes)).toEqual(expected);
  });
  it('may have many, and end with them', () => {
    const packed = deflateSync(JSON.stringify(large));
    expect(read(program(packed), 4096)?.packages).toHaveLength(2000);
    expect(read(Buffer.concat([noise, packed]))?.packages).toHaveLength(2000);
  });
  it('says so when its list is damaged', () => {
    const packed = deflateSync(JSON.stringify(large));
    expect(read(Buffer.concat([noise, packed.subarray(0, packed.length >> 1)]))).toEqual({
      unreadable: 'its list of Rust crates is damaged',
    });
    const bomb = deflateSync(`{"packages":[${' '.repeat(20 * 1024 * 1024)}]}`);
    expect(read(program(bomb))).toEqual({ unreadable: 'its list of Rust crates is damaged' });
  });
  it('is told from others', () => {
    expect(read(program(Buffer.alloc(0)))).toBeUndefined();
    expect(read(program(deflateSync('{"other":[]}')))).toBeUndefined();
  });
});
