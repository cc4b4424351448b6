import { gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { inPieces, type LayerEntry, layerArchive, plainCatalogers } from '../../../test/support/layer-archive.ts';
import type { LayerAnalysis } from '../../core/sbom/index.ts';
import { analyseLayer } from './analyse-layer.ts';
import { type LayerLimits, layerLimits } from './limits.ts';

const descriptor = { digest: `sha256:${'a'.repeat(64)}`, mediaType: 'application/vnd.oci.image.layer.v1.tar' };
const analyse = (
  stream: AsyncIterable<Uint8Array>,
  limits: Partial<LayerLimits> = {},
  signal: AbortSignal = new AbortController().signal,
): Promise<LayerAnalysis> => analyseLayer(stream, descriptor, plainCatalogers, signal, { ...layerLimits, ...limits });
const analyseEntries = async (entries: readonly LayerEntry[], limits?: Partial<LayerLimits>): Promise<LayerAnalysis> =>
  analyse(inPieces(await layerArchive(entries)), limits);
const found = ({ files }: LayerAnalysis): string[] =>
  files.flatMap(
    ({ path, packages, unreadable }) => unreadable ?? (packages ?? []).map(({ name, version }) => `${path}: ${name} ${version}`),
  );

describe('a layer', () => {
  it('is unpacked by what it is, not by its media type', async () => {
    const archive = await layerArchive([{ name: 'packages', content: 'a 1' }]);
    const half = archive.length / 2;
    const skippable = Buffer.from('502a4d1804000000aaaaaaaa', 'hex');
    const forms = {
      plain: archive,
      gzip: gzipSync(archive),
      members: Buffer.concat([gzipSync(archive.subarray(0, half)), gzipSync(archive.subarray(half))]),
      zstd: zstdCompressSync(archive),
      frames: Buffer.concat([
        skippable,
        zstdCompressSync(archive.subarray(0, half)),
        skippable,
        zstdCompressSync(archive.subarray(half)),
        skippable,
      ]),
    };
    for (const [form, bytes] of Object.entries(forms))
      for (const pieceBytes of [1, 10, 1000, 65_536]) {
        const analysis = await analyse(inPieces(bytes, pieceBytes));
        expect([form, found(analysis), analysis.troubles]).toEqual([form, ['packages: a 1'], []]);
        expect(analysis.bytes).toEqual({ packed: bytes.length, unpacked: archive.length });
      }
  });

  it('gives programs to those that know them, also when they come in small pieces', async () => {
    const archive = await layerArchive([
      { name: 'bin/p', mode: 0o755, content: `\x7fELF${'x'.repeat(5000)}` },
      { name: 'bin/script', mode: 0o755, content: '#!/bin/sh' },
      { name: 'etc/text', content: 'text' },
    ]);
    for (const size of [1, 100, 65_536]) {
      const analysis = await analyse(inPieces(archive, size));
      expect(found(analysis)).toEqual(['bin/p: bin/p 5004']);
      expect(analysis.replaced).toEqual(['bin/script']);
    }
  });

  it('knows what it takes away', async () => {
    const analysis = await analyseEntries([
      { name: 'etc/.wh.gone' },
      { name: './opt/.wh..wh..opq' },
      { name: '.wh.root' },
      { name: '.wh..wh.plnk' },
      { name: 'a/.wh...' },
    ]);
    expect([analysis.removed, analysis.opaque]).toEqual([['etc/gone', 'root'], ['opt']]);
  });

  it('knows what stands in the place of a file, and which links lead to other folders', async () => {
    const analysis = await analyseEntries([
      { name: 'a/packages/', type: 'directory' },
      { name: 'b/packages', type: 'symlink', linkname: '../c' },
      { name: 'c/packages', type: 'fifo' },
      { name: 'd/packages', content: 'nothing' },
      { name: 'lib', type: 'symlink', linkname: 'usr/lib' },
      { name: 'var/lib/rpm', type: 'symlink', linkname: '../../usr/lib/sysimage/rpm' },
      { name: 'usr/lib/libc.so', type: 'symlink', linkname: 'libc.so.6' },
    ]);
    expect(analysis.replaced).toEqual(['a/packages', 'b/packages', 'c/packages', 'd/packages', 'lib', 'var/lib/rpm', 'usr/lib/libc.so']);
    expect(analysis.links).toContainEqual({ path: 'lib', target: 'usr/lib' });
    expect(analysis.links).toContainEqual({ path: 'var/lib/rpm', target: 'usr/lib/sysimage/rpm' });
    expect(analysis.links?.map(({ path }) => path)).not.toContain('usr/lib/libc.so');
  });

  it('knows a file under all its names', async () => {
    const analysis = await analyseEntries([
      { name: 'a/packages', content: 'a 1' },
      { name: 'b/packages', type: 'link', linkname: 'a/packages' },
      { name: 'c/other', type: 'link', linkname: 'a/packages' },
      { name: 'bin/p', content: '\x7fELF' },
      { name: 'bin/q', type: 'link', linkname: './bin/p' },
      { name: 'store/0a', content: 'x 1' },
      { name: 'd/packages', type: 'link', linkname: 'store/0a' },
      { name: 'e/packages', type: 'link', linkname: 'store/0a' },
    ]);
    expect(found(analysis)).toEqual(['a/packages: a 1', 'b/packages: a 1', 'bin/p: bin/p 4', 'bin/q: bin/p 4']);
    expect(analysis.troubles).toEqual(['"d/packages" and 1 more is another name of a file that was not kept, so its packages are unknown']);
  });

  it('says of a path what its last entry says', async () => {
    const analysis = await analyseEntries([
      { name: 'packages', content: 'a 1' },
      { name: 'packages', content: 'a 2' },
    ]);
    expect(found(analysis)).toEqual(['packages: a 2']);
  });

  it('says which files were not read', async () => {
    const analysis = await analyseEntries([
      { name: 'a/packages', content: `${'x'.repeat(2000)} 1` },
      { name: 'b/packages', content: 'throw' },
    ]);
    expect(found(analysis)).toEqual(['it is longer than 0 MiB', 'the program that reads such files failed on it']);
  });
});

describe('a hostile layer', () => {
  it('does not lead out of the image', async () => {
    const analysis = await analyseEntries([
      { name: '/abs/packages', content: 'a 1' },
      { name: 'x/../y/./packages', content: 'b 1' },
      { name: '../../up/packages', content: 'c 1' },
      { name: 'nul', content: 'd 1', pax: { path: 'a\0b/packages' } },
    ]);
    expect(found(analysis)).toEqual(['abs/packages: a 1', 'y/packages: b 1', 'up/packages: c 1']);
    expect(analysis.troubles).toEqual([
      '"../../up/packages" points outside the image, and was taken as if it were in the root',
      '"a\\u0000b/packages" is no name that a file can have, and was not read',
    ]);
    expect(analysis.interrupted).toBeUndefined();
  });

  it('is told when it is corrupt or cut, with what was read before', async () => {
    const archive = await layerArchive([
      { name: 'packages', content: 'a 1' },
      { name: 'rest', content: Buffer.from(Array.from({ length: 300_000 }, (_, index) => (index * index * 31) >> 3)) },
    ]);
    for (const [name, packed] of [
      ['gzip', gzipSync(archive)],
      ['zstd', zstdCompressSync(archive)],
    ] as const) {
      const cut = await analyse(inPieces(packed.subarray(0, packed.length - 20)));
      expect([cut.troubles, cut.interrupted]).toEqual([[`its ${name} stream ends too early`], true]);
      const broken = Buffer.from(packed);
      broken.fill(0xff, packed.length >> 1);
      const corrupt = await analyse(inPieces(broken));
      expect(corrupt.troubles).toHaveLength(1);
      expect(corrupt.troubles[0]).toMatch(new RegExp(`its (${name} stream|tar archive) (is corrupt|ends too early)`));
    }
    const plain = await analyse(inPieces(archive.subarray(0, 5000)));
    expect([found(plain), plain.troubles]).toEqual([['packages: a 1'], ['its tar archive ends too early']]);
    expect((await analyse(inPieces(Buffer.from('BZh9 and so on')))).troubles).toEqual(['it is packed with bzip2, which is not read']);
    expect((await analyse(inPieces(Buffer.alloc(0)))).troubles).toEqual([]);
  });

  it('is not read beyond its limits', async () => {
    const zeros = gzipSync(await layerArchive([{ name: 'zeros', content: Buffer.alloc(5_000_000) }]));
    const many = await layerArchive(Array.from({ length: 20 }, (_, index) => ({ name: `${index}/packages`, content: 'a 1' })));
    const say = async (bytes: Uint8Array, limits: Partial<LayerLimits>): Promise<readonly string[]> =>
      (await analyse(inPieces(bytes), limits)).troubles;
    expect(await say(zeros, { mostUnpackedBytes: 2 * 1024 ** 2 })).toEqual(['it unpacks to more than 2 MiB, and was not read further']);
    expect(await say(zeros, { ratioFromBytes: 1024 ** 2 })).toEqual([
      'it unpacks to more than 200 times its size, as only bombs do, and was not read further',
    ]);
    expect(await say(zeros, {})).toEqual([]);
    expect(await say(many, { mostEntries: 10 })).toEqual(['it holds more than 10 files, and was not read further']);
    expect(await say(many, { mostKeptBytes: 500 })).toEqual(['what is known of it grew beyond 0 MiB, and it was not read further']);
  });

  it('ends when its stream hangs, breaks, takes too long or is stopped', async () => {
    const archive = await layerArchive([{ name: 'packages', content: 'a 1' }]);
    async function* hanging(): AsyncGenerator<Uint8Array> {
      yield archive.subarray(0, 1024);
      await new Promise(() => {});
    }
    async function* breaking(): AsyncGenerator<Uint8Array> {
      yield archive.subarray(0, 1024);
      throw new Error('The registry hung up.');
    }
    const idle = await analyse(hanging(), { idleMs: 5 });
    expect([found(idle), idle.troubles, idle.interrupted]).toEqual([['packages: a 1'], ['no bytes came for 0 seconds'], true]);
    expect((await analyse(hanging(), { mostMs: 5 })).troubles).toEqual(['it took longer than 0 minutes']);
    expect((await analyse(breaking())).troubles).toEqual(['it could not be read to its end: The registry hung up']);
    const stop = new AbortController();
    const stopped = analyse(hanging(), {}, stop.signal);
    stop.abort(new Error('The scan was cancelled.'));
    expect((await stopped).troubles).toEqual(['it could not be read to its end: The scan was cancelled']);
  });
});
