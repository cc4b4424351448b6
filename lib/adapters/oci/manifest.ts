import { z } from 'zod';
import { failed, type Result, succeed } from '../../core/failure.ts';
import { isDigest } from './digest.ts';

/** Bytes of a manifest or index that are read; the distribution specification lets registries refuse larger ones. */
export const maxManifestBytes = 4 * 2 ** 20;
/** Bytes of a configuration that are read. */
export const maxConfigBytes = 8 * 2 ** 20;

const Digest = z.string().refine(isDigest, 'is no sha256 or sha512 digest');
const Size = z.int().min(0);
const Annotations = z.record(z.string(), z.string()).nullish();

const Descriptor = z.object({ mediaType: z.string().default(''), digest: Digest, size: Size, annotations: Annotations });
export type Descriptor = z.infer<typeof Descriptor>;

export const LayerDescriptor = Descriptor.extend({ urls: z.array(z.string()).nullish() });
export type LayerDescriptor = z.infer<typeof LayerDescriptor>;

export const IndexEntry = Descriptor.extend({
  artifactType: z.string().nullish(),
  platform: z.object({ os: z.string().default(''), architecture: z.string().default(''), variant: z.string().nullish() }).nullish(),
});
export type IndexEntry = z.infer<typeof IndexEntry>;

/** Index of OCI, manifest list of Docker. */
export const ImageIndex = z.object({ manifests: z.array(IndexEntry).max(2_000) });
export type ImageIndex = z.infer<typeof ImageIndex>;

/** Manifest of OCI, schema 2 of Docker. */
export const ImageManifest = z.object({
  artifactType: z.string().nullish(),
  config: Descriptor,
  layers: z.array(LayerDescriptor).max(2_000),
});
export type ImageManifest = z.infer<typeof ImageManifest>;

export const ImageConfig = z.object({
  os: z.string().default(''),
  architecture: z.string().default(''),
  variant: z.string().nullish(),
  created: z.string().nullish(),
  config: z.object({ Labels: z.record(z.string(), z.string()).nullish() }).nullish(),
  rootfs: z.object({ diff_ids: z.array(Digest).max(2_000).nullish() }).nullish(),
});
export type ImageConfig = z.infer<typeof ImageConfig>;

/** Media types to ask a registry for. */
export const acceptedManifests = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
].join(', ');

const Field = z.unknown().optional();
const Kind = z.object({ schemaVersion: Field, manifests: Field, layers: Field, fsLayers: Field });

export type Parsed = { readonly is: 'index'; readonly index: ImageIndex } | { readonly is: 'manifest'; readonly manifest: ImageManifest };

/** Reads a manifest or an index by its structure: media types are often missing or wrong. `what` names it in sentences. */
export const parseManifest = (bytes: Uint8Array, what: string): Result<Parsed> => {
  const json = parseJson(bytes);
  const kind = Kind.safeParse(json);
  if (!kind.success)
    return failed('answer-invalid', `The manifest of ${what} is not JSON; check that no login page or proxy answers for the registry.`);
  const { schemaVersion, manifests, layers, fsLayers } = kind.data;
  if (schemaVersion === 1 || fsLayers !== undefined) {
    return failed(
      'version-unsupported',
      `${what} has a manifest of Docker's schema 1, which registries and runtimes have given up; build or push it again.`,
    );
  }
  // a document that is both is read differently by different programs, which hides images
  if (manifests !== undefined && layers !== undefined)
    return failed('answer-invalid', `The manifest of ${what} is an index and an image at once, so it is not trusted.`);
  if (manifests !== undefined) return shaped(ImageIndex, json, what, (index) => ({ is: 'index', index }));
  return shaped(ImageManifest, json, what, (manifest) => ({ is: 'manifest', manifest }));
};

export const parseConfig = (bytes: Uint8Array, what: string): Result<ImageConfig> =>
  shaped(ImageConfig, parseJson(bytes), what, (config) => config);

const shaped = <T, V>(schema: z.ZodType<T>, json: unknown, what: string, as: (value: T) => V): Result<V> => {
  const parsed = schema.safeParse(json);
  if (parsed.success) return succeed(as(parsed.data));
  const where = parsed.error.issues[0]?.path.join('.') ?? '';
  return failed(
    'answer-invalid',
    `The manifest or configuration of ${what} is not shaped as an image's${where === '' ? '' : ` at ${where}`}.`,
  );
};

/** The parsed text, or `undefined` when it is no JSON. */
export const parseJson = (bytes: Uint8Array): unknown => {
  try {
    return JSON.parse(new TextDecoder().decode(bytes)) as unknown;
  } catch {
    return undefined;
  }
};
