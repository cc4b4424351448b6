import { describe, expect, it } from 'vitest';
import { inPieces, layerArchive } from '../../../test/support/layer-archive.ts';
import { readTar } from './tar.ts';
import type { TarHeader } from './tar-header.ts';

/** A header block of any type and size, as no honest program would write it. */
const block = (name: string, type: string, size: number, change: (bytes: Buffer) => void = () => {}): Buffer => {
  const bytes = Buffer.alloc(512);
  bytes.write(name, 0);
  bytes.write('0000644\0', 100);
  bytes.write(`${size.toString(8).padStart(11, '0')}\0`, 124);
  bytes.write(type, 156);
  bytes.write('ustar\x0000', 257);
  change(bytes);
  bytes.fill(0x20, 148, 156);
  const sum = bytes.reduce((total, byte) => total + byte, 0);
  bytes.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return bytes;
};
const padded = (text: string): Buffer => Buffer.concat([Buffer.from(text), Buffer.alloc((512 - (Buffer.byteLength(text) % 512)) % 512)]);
const end = Buffer.alloc(1024);

const entriesOf = async (
  archive: Buffer,
  pieceBytes = 700,
): Promise<{ name: string; kind: string; target: string; content: string; sparse: boolean }[]> => {
  const seen: { name: string; kind: string; target: string; content: string; sparse: boolean }[] = [];
  const visit = ({ name, kind, target, sparse }: TarHeader) => {
    const entry = { name, kind, target, content: '', sparse };
    seen.push(entry);
    return {
      push: (chunk: Buffer) => {
        entry.content += chunk.toString();
      },
      end: () => {},
    };
  };
  await readTar(inPieces(archive, pieceBytes), visit, 4096);
  return seen;
};
const namesOf = async (...parts: Buffer[]): Promise<string[]> => (await entriesOf(Buffer.concat(parts))).map(({ name }) => name);

describe('an archive', () => {
  it('gives each entry with its bytes, however it is cut in pieces', async () => {
    const long = `${'folder/'.repeat(30)}ä-file`;
    const archive = await layerArchive([
      { name: 'etc/', type: 'directory' },
      { name: 'etc/a', content: 'one' },
      { name: long, content: 'x'.repeat(1500) },
      { name: 'link', type: 'symlink', linkname: `${'deep/'.repeat(30)}target` },
      { name: 'hard', type: 'link', linkname: 'etc/a' },
      { name: 'null', type: 'character-device' },
      { name: 'empty' },
    ]);
    for (const pieceBytes of [1, 511, 512, 513, 100_000]) {
      const seen = await entriesOf(archive, pieceBytes);
      expect(seen.map(({ name, kind, target, content }) => [name, kind, target, content.length])).toEqual([
        ['etc/', 'folder', '', 0],
        ['etc/a', 'file', '', 3],
        [long, 'file', '', 1500],
        ['link', 'symlink', `${'deep/'.repeat(30)}target`, 0],
        ['hard', 'link', 'etc/a', 0],
        ['null', 'other', '', 0],
        ['empty', 'file', '', 0],
      ]);
    }
  });

  it("takes GNU's long names", async () => {
    const name = 'n'.repeat(300);
    expect(await namesOf(block('././@LongLink', 'L', 301), padded(`${name}\0`), block('short', '0', 0), end)).toEqual([name]);
  });

  it('ends with two empty blocks, whatever follows', async () => {
    expect(await namesOf(block('a', '0', 0), end, Buffer.from('rubbish'), block('b', '0', 0))).toEqual(['a']);
  });

  it('hides nothing behind a link, a folder or a device that states a size', async () => {
    expect(await namesOf(block('l', '2', 512), block('d', '5', 512), block('c', '3', 512), block('seen', '0', 0), end)).toEqual([
      'l',
      'd',
      'c',
      'seen',
    ]);
  });

  it('takes no names from records for all entries', async () => {
    expect(await namesOf(block('g', 'g', 12), padded('12 path=all\n'), block('own', '0', 0), end)).toEqual(['own']);
  });

  it('passes by the map of a sparse file', async () => {
    const more = block('s', 'S', 512, (bytes) => {
      bytes[482] = 1;
    });
    const seen = await entriesOf(Buffer.concat([more, Buffer.alloc(512), padded('data'.repeat(128)), block('next', '0', 0), end]));
    expect(seen.map(({ name, sparse, content }) => [name, sparse, content.length])).toEqual([
      ['s', true, 512],
      ['next', false, 0],
    ]);
    const records = '22 GNU.sparse.major=1\n24 GNU.sparse.name=real\n20 path=GNUSparse/0\n';
    const pax = await entriesOf(Buffer.concat([block('x', 'x', records.length), padded(records), block('short', '0', 0), end]));
    expect(pax.map(({ name, sparse }) => [name, sparse])).toEqual([['real', true]]);
  });
});

describe('a hostile archive', () => {
  const refusal = async (...parts: Buffer[]): Promise<string> => {
    try {
      return `read: ${(await namesOf(...parts)).join()}`;
    } catch (error) {
      return (error as Error).message;
    }
  };

  it('is corrupt with a wrong checksum, a negative size, letters for digits', async () => {
    const broken = block('a', '0', 0);
    broken[0] = 0x62;
    const negative = block('a', '0', 0, (bytes) => bytes.fill(0xff, 124, 136));
    const letters = block('a', '0', 0, (bytes) => bytes.write('zz', 124));
    for (const header of [broken, negative, letters]) expect(await refusal(header, end)).toBe('its tar archive is corrupt');
  });

  it('is corrupt with records that do not fit', async () => {
    for (const records of ['99 path=a\n', 'x path=a\n', '9 pathaaa\n', '0 path=a\n', '10 path=ab'])
      expect(await refusal(block('x', 'x', Buffer.byteLength(records)), padded(records), block('a', '0', 0), end)).toBe(
        'its tar archive is corrupt',
      );
    expect(await refusal(block('x', 'x', 10), padded('10 path=a\n'), block('b', '0', 0), end)).toBe('read: a');
  });

  it('ends too early where it is cut', async () => {
    const whole = Buffer.concat([block('a', '0', 600), padded('x'.repeat(600)), end]);
    for (const length of [100, 512, 700, 1200]) expect(await refusal(whole.subarray(0, length))).toBe('its tar archive ends too early');
    expect(await refusal(whole.subarray(0, 512 + 1024))).toBe('read: a');
  });

  it('with endless headers is read no further', async () => {
    const name = [block('././@LongLink', 'L', 100), padded('n'.repeat(100))];
    const say = 'the header of a file in it is longer than 4 KiB, and it was not read further';
    expect(await refusal(...Array.from({ length: 100 }, () => name).flat())).toBe(say);
    expect(await refusal(block('x', 'x', 8 * 1024 ** 3 - 1))).toBe(say);
    expect(await refusal(...Array.from({ length: 100 }, () => block('g', 'g', 0)))).toBe(say);
  });
});
