import { z } from 'zod';
import { failed, type Result, succeed } from '../../../core/failure.ts';
import type { ImageRequest, OpenedImage } from '../../../ports/image-source.ts';
import { checked, isDigestOf } from '../digest.ts';
import { IndexEntry, maxConfigBytes, maxManifestBytes, parseJson } from '../manifest.ts';
import { shownPlatform } from '../platform.ts';
import { identityOf, resolveImage } from '../resolve-image.ts';
import type { ArchiveFiles } from './files.ts';
import { namingOf, pickImage } from './named-images.ts';
import type { Archive } from './open-archive.ts';

const Layout = z.object({ manifests: z.array(IndexEntry).max(2_000) });

const blobPath = (digest: string): string => `blobs/${digest.replace(':', '/')}`;

/** Names that tools give an image in `index.json`; the full ones first. */
const namesOf = ({ annotations }: IndexEntry): readonly string[] =>
  ['io.containerd.image.name', 'org.opencontainers.image.ref.name'].flatMap((key) => annotations?.[key] || []);

/** An image layout of OCI: `index.json` and `blobs/`. */
export const openLayout = async (files: ArchiveFiles): Promise<Result<Archive>> => {
  const bytes = await files.read('index.json', maxManifestBytes);
  if (!bytes.ok) return bytes;
  const layout = Layout.safeParse(parseJson(bytes.value));
  if (!layout.success) return failed('input-invalid', `The file index.json of ${files.name} is not shaped as an OCI layout's.`);
  const images = layout.data.manifests.map((entry) => ({ entry, names: namesOf(entry), digests: [entry.digest] }));
  return succeed({
    references: () => [...new Set(images.flatMap(({ names }) => names.slice(0, 1)))].toSorted(),
    open: (request) => openImage(files, images, request),
  });
};

interface LayoutImage {
  readonly entry: IndexEntry;
  readonly names: readonly string[];
  readonly digests: readonly string[];
}

const openImage = async (
  files: ArchiveFiles,
  images: readonly LayoutImage[],
  { reference, platform }: ImageRequest,
): Promise<Result<OpenedImage>> => {
  const picked = pickPlatform(images, reference, platform, files.name);
  if (!picked.ok) return picked;
  const { image, name } = picked.value;
  const what = name ?? files.name;
  const read = async (digest: string, maxBytes: number): Promise<Result<Uint8Array>> => {
    const blob = await files.read(blobPath(digest), maxBytes);
    return blob.ok || blob.failure.code !== 'not-found'
      ? blob
      : failed(
          'not-found',
          `The archive ${files.name} lacks a part of ${what} (${digest}); export it again, for ${shownPlatform(platform)}.`,
        );
  };
  const root = await read(image.entry.digest, maxManifestBytes);
  if (!root.ok) return root;
  if (!isDigestOf(image.entry.digest, root.value))
    return failed('answer-invalid', `The manifest of ${what} does not match its digest; it is damaged or was exchanged.`);
  const reader = { manifest: (digest: string) => read(digest, maxManifestBytes), config: (digest: string) => read(digest, maxConfigBytes) };
  const resolved = await resolveImage(reader, { bytes: root.value, digest: image.entry.digest }, platform, what);
  if (!resolved.ok) return resolved;
  return succeed({
    identity: identityOf(resolved.value, namingOf(name, files.name), platform),
    layer: async (digest, signal) => {
      const layer = resolved.value.manifest.layers.find((one) => one.digest === digest);
      if (!layer) return failed('not-found', `${what} has no layer ${digest}.`);
      const size = await files.sizeOf(blobPath(digest));
      if (size === undefined)
        return failed(
          'not-found',
          `The archive ${files.name} lacks layer ${digest} of ${what}${layer.urls?.length ? ', a foreign layer that is kept elsewhere' : '; export it again'}.`,
        );
      if (size !== layer.size)
        return failed(
          'answer-invalid',
          `Layer ${digest} of ${what} has ${size} bytes, and its manifest says ${layer.size}; it is damaged or was exchanged.`,
        );
      if (signal.aborted) return failed('cancelled', `Reading ${what} was cancelled.`);
      return succeed(checked(await files.stream(blobPath(digest), signal), { digest, size, what: `Layer ${digest} of ${what}` }));
    },
  });
};

/** A layout may name the platforms of one image side by side, without an index between. */
const pickPlatform = (images: readonly LayoutImage[], reference: string, platform: ImageRequest['platform'], archive: string) => {
  const ofPlatform = images.filter(
    ({ entry }) => entry.platform?.architecture === platform.architecture && entry.platform.os === platform.os,
  );
  if (ofPlatform.length > 0) {
    const picked = pickImage(ofPlatform, reference, archive);
    if (picked.ok) return picked;
  }
  return pickImage(images, reference, archive);
};
