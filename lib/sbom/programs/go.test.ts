import { describe, expect, it } from 'vitest';
import { goPrograms } from './go.ts';
import { packagesOfGo } from './go-build-info.ts';

const magic = Buffer.from('\xff Go buildinf:', 'latin1');
const head = { path: 'bin/p', size: 1, mode: 0o755 };
const sized = (text: Buffer): Buffer => {
  const bytes: number[] = [];
  let length = text.length;
  for (; length >= 0x80; length >>= 7) bytes.push((length & 0x7f) | 0x80);
  return Buffer.concat([Buffer.from([...bytes, length]), text]);
};
const framed = (lines: string): Buffer =>
  Buffer.concat([
    Buffer.from('3077af0c9274080241e1c107e6d618e6', 'hex'),
    Buffer.from(lines),
    Buffer.from('f932433186182072008242104116d8f2', 'hex'),
  ]);
const blob = (version: string, lines: string): Buffer =>
  Buffer.concat([magic, Buffer.from([8, 2]), Buffer.alloc(16), sized(Buffer.from(version)), sized(framed(lines))]);

/** A program of 64 bits whose writable segment is `data`, with `before` read only. */
const elf = (before: Buffer, data: Buffer): Buffer => {
  const bytes = Buffer.alloc(8192 + data.length);
  bytes.write('\x7fELF\x02\x01\x01', 'latin1');
  bytes.writeBigUInt64LE(64n, 32);
  bytes.writeUInt16LE(56, 54);
  bytes.writeUInt16LE(2, 56);
  for (const [index, flags, from, length] of [
    [0, 4, 0, 8192],
    [1, 6, 8192, data.length],
  ] as const) {
    const at = 64 + 56 * index;
    bytes.writeUInt32LE(1, at);
    bytes.writeUInt32LE(flags, at + 4);
    bytes.writeBigUInt64LE(BigInt(from), at + 8);
    bytes.writeBigUInt64LE(BigInt(length), at + 32);
  }
  before.copy(bytes, 4096);
  data.copy(bytes, 8192);
  return bytes;
};
const found = (program: Buffer, pieceBytes = program.length): string[] | undefined => {
  const reader = goPrograms.open(head);
  for (let at = 0; at < program.length; at += pieceBytes) reader.push(program.subarray(at, at + pieceBytes));
  return reader.end()?.packages?.map(({ name, version }) => `${name} ${version}`);
};
const lines = 'path\texample.com/p\nmod\texample.com/p\tv1.0.0\th1:x=\ndep\texample.com/d\tv0.1.0\th1:y=\n';
const expected = ['example.com/p v1.0.0', 'example.com/d v0.1.0', 'stdlib 1.26.8'];

describe('a program of Go', () => {
  it('says its modules, however it is cut in pieces', () => {
    const program = elf(Buffer.alloc(0), Buffer.concat([Buffer.alloc(48), blob('go1.26.8', lines), Buffer.alloc(100)]));
    for (const pieceBytes of [7, 16, 4096, 1 << 20]) expect(found(program, pieceBytes)).toEqual(expected);
  });
  it('is not taken for one that it carries', () => {
    const carried = blob('go1.1', 'mod\texample.com/carried\tv9.0.0\t\n');
    expect(found(elf(carried, blob('go1.26.8', lines)))).toEqual(expected);
    expect(found(elf(carried, Buffer.alloc(64)))).toBeUndefined();
    // without segments the last one counts
    expect(
      found(
        Buffer.concat([
          Buffer.from('MZ'),
          Buffer.alloc(14),
          carried,
          Buffer.alloc((16 - (carried.length % 16)) % 16),
          blob('go1.26.8', lines),
        ]),
      ),
    ).toEqual(expected);
  });
  it('is not known by a magic that means nothing', () => {
    const data = Buffer.concat([magic, Buffer.from([8, 2]), Buffer.alloc(16), sized(Buffer.from('no version')), Buffer.alloc(8)]);
    expect(found(elf(Buffer.alloc(0), data))).toBeUndefined();
    expect(found(elf(Buffer.alloc(0), Buffer.concat([Buffer.alloc(8), blob('go1.26.8', lines)])))).toBeUndefined();
    const endless = Buffer.concat([
      magic,
      Buffer.from([8, 2]),
      Buffer.alloc(16),
      sized(Buffer.from('go1.26.8')),
      Buffer.from([0xff, 0xff, 0xff, 0xff, 0x7f]),
    ]);
    expect(found(elf(Buffer.alloc(0), endless))).toBeUndefined();
  });
  it('before Go 1.18 says its modules, and that nobody knows which Go', () => {
    const before = Buffer.concat([Buffer.from('Go\0\0')]);
    const program = elf(Buffer.concat([framed(lines)]), Buffer.concat([magic, Buffer.from([8, 0]), Buffer.alloc(16)]));
    before.copy(program, 300);
    expect(found(program)).toEqual([...expected.slice(0, 2), 'stdlib unknown']);
  });
  it('is looked for in programs alone', () => {
    const wants = (text: string): boolean => goPrograms.wants(head, Buffer.from(text, 'latin1'));
    expect(['\x7fELF', 'MZ..', '\xcf\xfa\xed\xfe', '\xca\xfe\xba\xbe'].map(wants)).toEqual([true, true, true, true]);
    expect(['#!/bin/sh', 'ELF', ''].map(wants)).toEqual([false, false, false]);
  });
});

describe('modules', () => {
  const of = (modules: string, version = 'go1.22.3'): string[] =>
    packagesOfGo({ version, modules }).map(({ name, version: found }) => `${name} ${found}`);
  it('are the ones that were built: replaced ones under their new name, folders without a version', () => {
    expect(of('dep\ta\tv1.0.0\n=>\tb\tv2.0.0\th1:\ndep\tc\tv1.0.0\n=>\t./c\t(devel)\t\ndep\tb\tv2.0.0\t\n')).toEqual([
      'b v2.0.0',
      'c (devel)',
      'stdlib 1.22.3',
    ]);
  });
  it('say the version of the program where it is stated', () => {
    const main = 'mod\texample.com/p\t(devel)\t\n';
    expect(of(main)[0]).toBe('example.com/p (devel)');
    expect(of(`${main}build\t-ldflags="-s -w -X main.buildVersion=0.9.0 -X main.version=1.2.3"\n`)[0]).toBe('example.com/p v1.2.3');
    expect(of(`${main}build\t-ldflags="-X 'example.com/p/internal.Version=v1.2.3-rc.1'"\n`)[0]).toBe('example.com/p v1.2.3-rc.1');
    expect(of(`${main}build\t-ldflags="-X example.com/library.Version=7.0.0 -X main.version=dev"\n`)[0]).toBe('example.com/p (devel)');
    const commit = 'build\tvcs.revision=0123456789abcdef0123456789abcdef01234567\nbuild\tvcs.time=2024-05-06T07:08:09Z\n';
    expect(of(main + commit)[0]).toBe('example.com/p v0.0.0-20240506070809-0123456789ab');
  });
  it('name the library of Go by its version alone', () => {
    expect(of('', 'go1.21rc2')).toEqual(['stdlib 1.21rc2']);
    expect(of('', 'go1.22.3 X:nocoverageredesign')).toEqual(['stdlib 1.22.3']);
    expect(of('', 'devel go1.27-0123abc Tue')).toEqual(['stdlib 1.27-0123abc']);
  });
});
