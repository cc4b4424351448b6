import { createHash } from 'node:crypto';
import { z } from 'zod';
import { failed, type Result, succeed } from '../../../core/failure.ts';
import type { ImageRequest, OpenedImage } from '../../../ports/image-source.ts';
import { checked } from '../digest.ts';
import { type ImageConfig, maxConfigBytes, maxManifestBytes, parseConfig, parseJson } from '../manifest.ts';
import { identityOf } from '../resolve-image.ts';
import type { ArchiveFiles } from './files.ts';
import { namingOf, pickImage } from './named-images.ts';
import type { Archive } from './open-archive.ts';
import { unpacked } from './unpack.ts';

const Saved = z
  .array(
    z.object({
      Config: z.string().min(1),
      RepoTags: z.array(z.string()).nullish(),
      Layers: z.array(z.string().min(1)).max(2_000).nullish(),
    }),
  )
  .max(2_000);

/** What `docker save` writes: `manifest.json`, configurations and layers. There are no manifests in it as registries have them: the digest of an image is its configuration's. */
export const openDockerArchive = async (files: ArchiveFiles): Promise<Result<Archive>> => {
  const bytes = await files.read('manifest.json', maxManifestBytes);
  if (!bytes.ok) return bytes;
  const saved = Saved.safeParse(parseJson(bytes.value));
  if (!saved.success) return failed('input-invalid', `The file manifest.json of ${files.name} is not shaped as that of docker save.`);
  const images: SavedImage[] = [];
  for (const { Config, RepoTags, Layers } of saved.data) {
    const config = await files.read(clean(Config), maxConfigBytes);
    if (!config.ok) return config;
    images.push({
      config: config.value,
      layers: (Layers ?? []).map(clean),
      names: RepoTags ?? [],
      digests: [sha256(config.value)],
      says: digestIn(Config),
    });
  }
  return succeed({
    references: () => [...new Set(images.flatMap(({ names }) => names))].toSorted(),
    open: (request) => openImage(files, images, request),
  });
};

interface SavedImage {
  readonly config: Uint8Array;
  readonly layers: readonly string[];
  readonly names: readonly string[];
  readonly digests: readonly string[];
  /** The digest of the configuration that is in its file's name. */
  readonly says: string | undefined;
}

const clean = (path: string): string => path.replace(/^(?:\.?\/)+/, '');
const sha256 = (bytes: Uint8Array): string => `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
/** `sha256:HEX`, `HEX.json`, `blobs/sha256/HEX`. */
const digestIn = (path: string): string | undefined => {
  const hex = /(?:^|[:/])([a-f0-9]{64})(?:\.json)?$/.exec(path)?.[1];
  return hex === undefined ? undefined : `sha256:${hex}`;
};

/** A layer of the archive: the file, and the digest that can be checked. */
interface SavedLayer {
  readonly path: string;
  readonly size: number;
  readonly digest: string;
  readonly mediaType: string;
  /** The digest is that of the unpacked bytes, and these are handed out. */
  readonly isUnpacked: boolean;
}

const openImage = async (
  files: ArchiveFiles,
  images: readonly SavedImage[],
  { reference, platform }: ImageRequest,
): Promise<Result<OpenedImage>> => {
  const picked = pickImage(images, reference, files.name);
  if (!picked.ok) return picked;
  const { image, name } = picked.value;
  const what = name ?? files.name;
  const [digest = ''] = image.digests;
  if (image.says !== undefined && image.says !== digest)
    return failed('answer-invalid', `The configuration of ${what} does not match its digest; it is damaged or was exchanged.`);
  const config = parseConfig(image.config, what);
  if (!config.ok) return config;
  const layers = await layersOf(files, image, config.value, what);
  if (!layers.ok) return layers;
  const manifest = {
    config: { mediaType: '', digest, size: image.config.length, annotations: null },
    layers: layers.value.map((layer) => ({ ...layer, annotations: null })),
  };
  return succeed({
    identity: identityOf({ digest, manifest, config: config.value }, namingOf(name, files.name), platform),
    layer: async (wanted, signal) => {
      const layer = layers.value.find((one) => one.digest === wanted);
      if (!layer) return failed('not-found', `${what} has no layer ${wanted}.`);
      if (signal.aborted) return failed('cancelled', `Reading ${what} was cancelled.`);
      const label = `Layer ${wanted} of ${what}`;
      const stored = await files.stream(layer.path, signal);
      return succeed(checked(layer.isUnpacked ? unpacked(stored, label) : stored, { digest: wanted, what: label }));
    },
  });
};

const layersOf = async (
  files: ArchiveFiles,
  { layers }: SavedImage,
  config: ImageConfig,
  what: string,
): Promise<Result<readonly SavedLayer[]>> => {
  const diffIds = config.rootfs?.diff_ids ?? [];
  if (diffIds.length !== layers.length)
    return failed('answer-invalid', `${what} has ${layers.length} layers, and its configuration names ${diffIds.length}; it is damaged.`);
  const found: SavedLayer[] = [];
  for (const [at, path] of layers.entries()) {
    const size = await files.sizeOf(path);
    if (size === undefined)
      return failed('not-found', `The archive ${files.name} lacks layer ${at + 1} of ${what} (${path.slice(0, 200)}); save it again.`);
    found.push(describe(path, size, diffIds[at] ?? ''));
  }
  return succeed(found);
};

/**
 * Tools that keep layers packed name the file by the digest of its packed bytes, which is the one that registries use: the same layer is then known by the same name. Where the name says nothing,
 * the configuration does, of the unpacked bytes.
 */
const describe = (path: string, size: number, diffId: string): SavedLayer => {
  const hex = /(?:^|[:/])([a-f0-9]{64})\.tar\.gz$/.exec(path)?.[1];
  const digest = `sha256:${hex}`;
  if (hex !== undefined && digest !== diffId)
    return { path, size, digest, mediaType: 'application/vnd.docker.image.rootfs.diff.tar.gzip', isUnpacked: false };
  return { path, size, digest: diffId, mediaType: 'application/vnd.docker.image.rootfs.diff.tar', isUnpacked: true };
};
