import { gunzipSync, zstdDecompressSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ImageSource, OpenedImage } from '../../lib/ports/image-source.ts';
import { codeOf, must, sayOf } from '../support/answers.ts';
import { type BuiltImage, buildImage, buildIndex, makeTar, type Tagged } from '../support/oci-images.ts';

/** A source that holds the images of `imagesForSources`. */
export interface ImageSourceUnderTest {
  readonly source: ImageSource;
  /** What an image is asked for by; its `repository` in full is `repositoryOf`. */
  referenceOf(name: string): string;
  repositoryOf(name: string): string;
  /** docker-archives hold one platform each, know no manifests, and unpack layers. */
  readonly isDockerArchive?: boolean;
  /** A real registry takes no image whose bytes do not match their digests. */
  readonly holdsNoDamage?: boolean;
  close?(): Promise<void> | void;
}

const base = makeTar([{ name: 'etc/os-release', body: 'ID=debian\n' }]);
const noise = Buffer.from(Array.from({ length: 900_000 }, (_, at) => (at * 2_654_435_761) >>> 13));
const top = makeTar([
  { name: 'app/', type: '5' },
  { name: 'app/data', body: noise },
]);
const amd64 = buildImage({ layers: [base, top, makeTar([])], packing: ['gzip', 'zstd', 'none'], labels: { vendor: 'Example' } });
const arm64 = buildImage({ layers: [base], architecture: 'arm64', variant: 'v8' });
const lone = buildImage({ layers: [base, base] });
const attestation = {
  ...entryOf(lone),
  platform: { os: 'unknown', architecture: 'unknown' },
  annotations: { 'vnd.docker.reference.type': 'attestation-manifest' },
};
const index = buildIndex([arm64, amd64], [attestation]);
const bad = spoiled(buildImage({ layers: [base, makeTar([{ name: 'x', body: noise.subarray(0, 300_000) }])], packing: ['none', 'none'] }));

/** `app` is for two platforms, `lone` has no index, one layer of `bad` is damaged. */
export const imagesForSources: readonly Tagged[] = [
  { name: 'team/app:1.0', root: index, images: [amd64, arm64, lone] },
  { name: 'lone:latest', root: lone.manifest, images: [lone] },
  { name: 'team/bad:2', root: bad.manifest, images: [bad] },
];

function entryOf({ manifest: { mediaType, digest, bytes } }: BuiltImage) {
  return { mediaType, digest, size: bytes.length };
}

/** One byte in the middle of the upper layer is another one; its digest is not. */
function spoiled(image: BuiltImage): BuiltImage {
  const change = (bytes: Buffer): Buffer => {
    const changed = Buffer.from(bytes);
    changed[150_000] = (changed[150_000] ?? 0) ^ 1;
    return changed;
  };
  const [below, layer] = image.layers;
  if (!below || !layer) throw new Error('two layers are needed');
  const [tar, upper] = image.tars;
  return { ...image, layers: [below, { ...layer, bytes: change(layer.bytes) }], tars: [tar ?? base, change(upper ?? base)] };
}

const amd64Platform = { os: 'linux', architecture: 'amd64' };
const { signal } = new AbortController();

/** What every ImageSource holds. */
export const describeImageSource = (name: string, make: () => Promise<ImageSourceUnderTest>): void => {
  describe(`image source: ${name}`, () => {
    let under: ImageSourceUnderTest;
    beforeAll(async () => {
      under = await make();
    });
    afterAll(() => under?.close?.());
    const open = (image: string, platform: { os: string; architecture: string; variant?: string } = amd64Platform) =>
      under.source.open({ reference: under.referenceOf(image), platform, signal });
    const bytesOf = async (image: OpenedImage, digest: string): Promise<Buffer> => {
      const chunks: Uint8Array[] = [];
      for await (const chunk of must(await image.layer(digest, signal))) chunks.push(chunk);
      return Buffer.concat(chunks);
    };

    it('tells what an image is', async () => {
      const { identity } = must(await open('team/app:1.0'));
      expect(identity).toMatchObject({
        name: under.referenceOf('team/app:1.0'),
        repository: under.repositoryOf('team/app'),
        tag: '1.0',
        configDigest: amd64.config.digest,
        digest: under.isDockerArchive ? amd64.config.digest : amd64.manifest.digest,
        platform: amd64Platform,
        labels: { vendor: 'Example' },
        created: '2026-05-01T00:00:00Z',
      });
      expect(identity.indexDigest).toBe(under.isDockerArchive ? undefined : index.digest);
      if (!under.isDockerArchive)
        expect(identity.layers).toEqual(amd64.layers.map(({ digest, mediaType, bytes }) => ({ digest, mediaType, size: bytes.length })));
    });

    it('gives the layers from the bottom to the top', async () => {
      const image = must(await open('team/app:1.0'));
      const unpack = [gunzipSync, zstdDecompressSync, (bytes: Buffer) => bytes];
      expect(image.identity.layers).toHaveLength(3);
      for (const [at, { digest }] of image.identity.layers.entries()) {
        const bytes = await bytesOf(image, digest);
        const tar = under.isDockerArchive ? bytes : unpack[at]?.(bytes);
        expect(Buffer.compare(tar ?? Buffer.alloc(0), amd64.tars[at] ?? Buffer.alloc(1))).toBe(0);
      }
    });

    it('gives layers again, and several at once', async () => {
      const image = must(await open('lone:latest'));
      const [layer] = image.identity.layers;
      const all = await Promise.all(Array.from({ length: 12 }, () => bytesOf(image, layer?.digest ?? '')));
      expect(new Set(all.map((bytes) => bytes.toString('base64'))).size).toBe(1);
    });

    it('knows an image without an index', async () => {
      const { identity } = must(await open('lone:latest'));
      expect(identity.indexDigest).toBeUndefined();
      expect(identity.layers.map(({ digest }) => digest)).toHaveLength(2);
    });

    it('chooses the platform', async () => {
      if (under.isDockerArchive)
        return expect(must(await open('team/app:1.0', { os: 'linux', architecture: 'arm64' })).identity.platform).toEqual(amd64Platform);
      const { identity } = must(await open('team/app:1.0', { os: 'linux', architecture: 'arm64' }));
      expect(identity).toMatchObject({ digest: arm64.manifest.digest, platform: { os: 'linux', architecture: 'arm64', variant: 'v8' } });
      const none = await open('team/app:1.0', { os: 'linux', architecture: 's390x' });
      expect(codeOf(none)).toBe('not-found');
      expect(sayOf(none)).toContain('is not made for linux/s390x: there are linux/arm64/v8, linux/amd64.');
    });

    it('ends a damaged layer with a sentence', async () => {
      if (under.holdsNoDamage) return expect(codeOf(await open('team/bad:2'))).toBe('not-found');
      const image = must(await open('team/bad:2'));
      const [below, damaged] = image.identity.layers;
      expect((await bytesOf(image, below?.digest ?? '')).length).toBe(base.length);
      await expect(bytesOf(image, damaged?.digest ?? '')).rejects.toThrow(
        /^Layer sha256:\w+ of \S+ does not match its digest; it is damaged or was exchanged\.$/,
      );
    });

    it('says which image or layer is not there', async () => {
      const missing = await open('team/app:9.9');
      expect(codeOf(missing)).toBe('not-found');
      expect(sayOf(missing)).toContain(under.referenceOf('team/app:9.9'));
      expect(codeOf(await open('nobody/nothing:1'))).toBe('not-found');
      expect(codeOf(await must(await open('lone:latest')).layer(`sha256:${'0'.repeat(64)}`, signal))).toBe('not-found');
    });

    it('stops when it is cancelled', async () => {
      const image = must(await open('team/app:1.0'));
      const layer = image.identity.layers[1]?.digest ?? '';
      expect(codeOf(await image.layer(layer, AbortSignal.abort()))).toBe('cancelled');
      const stopping = new AbortController();
      const stream = must(await image.layer(layer, stopping.signal));
      await expect(
        (async () => {
          for await (const _ of stream) stopping.abort();
        })(),
      ).rejects.toThrow(/ was cancelled\.$/);
    });

    it('lets a reader leave in the middle', async () => {
      const image = must(await open('team/app:1.0'));
      for await (const _ of must(await image.layer(image.identity.layers[1]?.digest ?? '', signal))) break;
      expect((await bytesOf(image, image.identity.layers[0]?.digest ?? '')).length).toBeGreaterThan(0);
    });
  });
};
