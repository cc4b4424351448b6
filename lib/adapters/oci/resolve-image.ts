import { failed, type Result, succeed } from '../../core/failure.ts';
import type { ImageIdentity, Platform } from '../../core/sbom/index.ts';
import { isDigestOf } from './digest.ts';
import {
  type Descriptor,
  type ImageConfig,
  type ImageManifest,
  maxConfigBytes,
  maxManifestBytes,
  parseConfig,
  parseManifest,
} from './manifest.ts';
import { choose, serves, shownPlatform } from './platform.ts';

/** A manifest or index as it was stored. */
export interface RawManifest {
  readonly bytes: Uint8Array;
  readonly digest: string;
}

/** Reads small things by digest, from a registry or an archive. The digest is checked here, not there. */
export interface SmallReader {
  manifest(digest: string): Promise<Result<Uint8Array>>;
  config(digest: string): Promise<Result<Uint8Array>>;
}

export interface ResolvedImage {
  readonly digest: string;
  readonly indexDigest?: string;
  readonly manifest: ImageManifest;
  readonly config: ImageConfig;
}

/** Indexes in indexes that are followed. */
const maxDepth = 4;

/**
 * From what a reference leads to, to the image for one platform. A manifest that stands alone is taken whatever platform it names, as containerd does: the identity tells which it is.
 */
export const resolveImage = async (
  reader: SmallReader,
  root: RawManifest,
  platform: Platform,
  what: string,
): Promise<Result<ResolvedImage>> => {
  let current = root;
  for (let depth = 0; depth < maxDepth; depth += 1) {
    const parsed = parseManifest(current.bytes, what);
    if (!parsed.ok) return parsed;
    if (parsed.value.is === 'manifest') return withConfig(reader, root, current, parsed.value.manifest, platform, what);
    const chosen = choose(parsed.value.index.manifests, platform, what);
    if (!chosen.ok) return chosen;
    const next = await readChecked((digest) => reader.manifest(digest), chosen.value, maxManifestBytes, `The manifest of ${what}`);
    if (!next.ok) return next;
    current = { bytes: next.value, digest: chosen.value.digest };
  }
  return failed('answer-invalid', `${what} is an index of indexes without an end, so it is not read.`);
};

const withConfig = async (
  reader: SmallReader,
  root: RawManifest,
  { digest }: RawManifest,
  manifest: ImageManifest,
  platform: Platform,
  what: string,
): Promise<Result<ResolvedImage>> => {
  if (!isImageConfig(manifest.config.mediaType)) {
    return failed(
      'input-invalid',
      `${what} is no container image but an artefact of type ${manifest.artifactType ?? manifest.config.mediaType}.`,
    );
  }
  const bytes = await readChecked((wanted) => reader.config(wanted), manifest.config, maxConfigBytes, `The configuration of ${what}`);
  if (!bytes.ok) return bytes;
  const config = parseConfig(bytes.value, what);
  if (!config.ok) return config;
  const isFromIndex = root.digest !== digest;
  // an index may call an image what it is not; one that names no platform at all is old, and believed
  if (isFromIndex && config.value.architecture !== '' && !serves(config.value, platform)) {
    return failed(
      'not-found',
      `${what} is not made for ${shownPlatform(platform)}: what its index names for that is made for ${shownPlatform(config.value)}.`,
    );
  }
  return succeed({ digest, ...(isFromIndex && { indexDigest: root.digest }), manifest, config: config.value });
};

const isImageConfig = (mediaType: string): boolean =>
  [
    '',
    'application/vnd.oci.image.config.v1+json',
    'application/vnd.docker.container.image.v1+json',
    'application/octet-stream',
    'text/plain',
  ].includes(mediaType);

const readChecked = async (
  read: (digest: string) => Promise<Result<Uint8Array>>,
  { digest, size }: Descriptor,
  maxBytes: number,
  what: string,
): Promise<Result<Uint8Array>> => {
  if (size > maxBytes) return failed('answer-invalid', `${what} is larger than ${maxBytes / 2 ** 20} MiB, so it was not read.`);
  const bytes = await read(digest);
  if (!bytes.ok) return bytes;
  return isDigestOf(digest, bytes.value)
    ? bytes
    : failed('answer-invalid', `${what} does not match its digest; it is damaged or was exchanged.`);
};

/** How an image is called. */
export interface Naming {
  readonly name: string;
  readonly repository: string;
  readonly tag?: string | undefined;
}

/** What the rest of Gatehouse knows of an image. */
export const identityOf = (
  { digest, indexDigest, manifest, config }: ResolvedImage,
  { name, repository, tag }: Naming,
  asked: Platform,
): ImageIdentity => {
  const labels = config.config?.Labels;
  return {
    name,
    repository,
    ...(tag !== undefined && { tag }),
    digest,
    ...(indexDigest !== undefined && { indexDigest }),
    configDigest: manifest.config.digest,
    platform: {
      os: config.os || asked.os,
      architecture: config.architecture || asked.architecture,
      ...(config.variant && { variant: config.variant }),
    },
    layers: manifest.layers.map((layer) => ({ digest: layer.digest, mediaType: layer.mediaType, size: layer.size })),
    ...(labels && Object.keys(labels).length > 0 && { labels }),
    ...(config.created && { created: config.created }),
  };
};
