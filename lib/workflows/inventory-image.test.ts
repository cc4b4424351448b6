import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { must } from '../../test/support/answers.ts';
import { buildImage, makeTar } from '../../test/support/oci-images.ts';
import { openFileObjects } from '../adapters/local/file-objects.ts';
import { layerFolder, userCacheFolder } from '../adapters/local/layer-folder.ts';
import { failed, succeed } from '../core/failure.ts';
import type { ImageSource, OpenedImage } from '../ports/image-source.ts';
import type { LayerCache } from '../ports/layer-cache.ts';
import { inventoryImage } from './inventory-image.ts';
import type { LayerRead } from './read-layer.ts';
import { storedLayers } from './stored-layers.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gatehouse-layers-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const status = (name: string): string => `Package: ${name}\nStatus: install ok installed\nVersion: 1\nArchitecture: all\n\n`;
const base = makeTar([
  { name: 'etc/os-release', body: 'ID=debian\nVERSION_ID="12"\n' },
  { name: 'var/lib/dpkg/status', body: status('base') },
]);
const top = makeTar([{ name: 'var/lib/dpkg/status', body: status('base') + status('added') }]);
const image = buildImage({ layers: [base, top, base] });
const { platform } = image;

/** The image, with a count of every layer that was asked for; `broken` may not be read. */
const counting = (broken?: string) => {
  const asked: string[] = [];
  const opened: OpenedImage = {
    identity: {
      name: 'app:1',
      repository: 'docker.io/library/app',
      digest: image.manifest.digest,
      configDigest: image.config.digest,
      platform,
      layers: image.layers.map(({ digest, mediaType, bytes }) => ({ digest, mediaType, size: bytes.length })),
    },
    layer: async (digest) => {
      asked.push(digest);
      const blob = image.layers.find((one) => one.digest === digest);
      if (!blob || digest === broken) return failed('not-found', 'The registry has no such layer.');
      return succeed(
        (async function* () {
          yield blob.bytes;
        })(),
      );
    },
  };
  const source: ImageSource = { open: async () => succeed(opened) };
  return { asked, source };
};
const take = (source: ImageSource, layers: LayerCache, onLayer?: (read: LayerRead) => void, signal = new AbortController().signal) =>
  inventoryImage({ source, request: { reference: 'app:1', platform }, layers, signal, ...(onLayer && { onLayer }) });

const caches: readonly (readonly [string, () => Promise<LayerCache>])[] = [
  ['a folder', async () => layerFolder(await mkdtemp(join(folder, 'own-')))],
  [
    'the object store',
    async () => {
      const downloads = { baseUrl: 'http://127.0.0.1', secret: new Uint8Array(32) };
      return storedLayers(
        must(await openFileObjects(await mkdtemp(join(folder, 'objects-')), { now: () => '2026-11-28T07:00:00Z', downloads })),
      );
    },
  ],
];

it.each(caches)('kept in %s, a layer is read once for ever, and by many images at once only once', async (_, open) => {
  const layers = await open();
  const { asked, source } = counting();
  const [first, second] = await Promise.all([take(source, layers), take(source, layers)]);
  expect(asked.toSorted()).toEqual([...new Set(image.layers.map(({ digest }) => digest))].sort());
  expect(must(first)).toEqual(must(second));
  expect(must(first).packages.map(({ name }) => name)).toEqual(['base']);
  expect(must(first).os?.id).toBe('debian');
  const reads: LayerRead[] = [];
  expect(must(await take(source, layers, (read) => reads.push(read)))).toEqual(must(first));
  expect(asked).toHaveLength(2);
  expect(reads.map(({ isShared, isWhole, packed }) => [isShared, isWhole, packed])).toEqual([
    [true, true, 0],
    [true, true, 0],
  ]);
});

it('a layer that cannot be read is told, never kept, and read when it can be', async () => {
  const layers = layerFolder(await mkdtemp(join(folder, 'broken-')));
  const digest = image.layers[1]?.digest ?? '';
  const reads: LayerRead[] = [];
  const broken = must(await take(counting(digest).source, layers, (read) => reads.push(read)));
  expect(broken.troubles).toEqual([`Layer ${digest.slice(0, 19)}: The registry has no such layer.`]);
  expect(reads.filter(({ isWhole }) => !isWhole).map((read) => read.digest)).toEqual([digest]);
  const mended = counting();
  expect(must(await take(mended.source, layers)).troubles).toEqual([]);
  expect(mended.asked).toEqual([digest]);
});

it('what another image could not read is tried again with the own rights', async () => {
  const layers = layerFolder(await mkdtemp(join(folder, 'rights-')));
  const digest = image.layers[1]?.digest ?? '';
  const [refused, allowed] = await Promise.all([take(counting(digest).source, layers), take(counting().source, layers)]);
  expect(must(refused).troubles).toHaveLength(1);
  expect(must(allowed).troubles).toEqual([]);
});

it('damaged or foreign analyses are as if there were none', async () => {
  const own = await mkdtemp(join(folder, 'damaged-'));
  await take(counting().source, layerFolder(own));
  const [analyser = ''] = await readdir(join(own, 'layers'));
  for (const name of await readdir(join(own, 'layers', analyser))) await writeFile(join(own, 'layers', analyser, name), 'damaged');
  const again = counting();
  expect(must(await take(again.source, layerFolder(own))).packages).toHaveLength(1);
  expect(again.asked).toHaveLength(2);
  expect(await layerFolder(own, 'another').get(image.layers[0]?.digest ?? '')).toBeUndefined();
});

it('a cache that cannot be written costs time only, and is told', async () => {
  const file = join(folder, 'a-file');
  await writeFile(file, '');
  const told: string[] = [];
  const request = { reference: 'app:1', platform };
  const { signal } = new AbortController();
  const found = await inventoryImage({
    source: counting().source,
    request,
    signal,
    layers: layerFolder(file),
    warn: (say) => told.push(say),
  });
  expect(must(found).packages).toHaveLength(1);
  expect(told[0]).toContain('cannot be kept in');
});

it('ends as cancelled, before and in between', async () => {
  const controller = new AbortController();
  const { source } = counting();
  const layers = layerFolder(await mkdtemp(join(folder, 'cancelled-')));
  const running = take(source, layers, () => controller.abort(), controller.signal);
  expect(await running).toMatchObject({ ok: false, failure: { code: 'cancelled' } });
  expect(await take(source, layers, undefined, controller.signal)).toMatchObject({ ok: false, failure: { code: 'cancelled' } });
});

it('finds the cache of a user', () => {
  expect(userCacheFolder({ HOME: '/home/a' })).toBe('/home/a/.cache/gatehouse');
  expect(userCacheFolder({ HOME: '/home/a', XDG_CACHE_HOME: '/c' })).toBe('/c/gatehouse');
  expect(userCacheFolder({ XDG_CACHE_HOME: 'relative' })).toBeUndefined();
});
