import { z } from 'zod';
import { OperatingSystem, SoftwarePackage } from './package.ts';

export const Platform = z.object({
  os: z.string().describe('`linux`'),
  architecture: z.string().describe("Go's name of the processor: `amd64`, `arm64`"),
  variant: z.string().optional().describe('`v8`'),
});
export type Platform = z.infer<typeof Platform>;

export const ImageIdentity = z
  .object({
    name: z.string().describe('As the pod or the user names it: `nginx:1.27`'),
    repository: z.string().describe('Full name without tag and digest: `docker.io/library/nginx`'),
    tag: z.string().optional(),
    digest: z.string().describe('Digest of the manifest of this platform: `sha256:…`'),
    indexDigest: z.string().optional().describe('Digest of the index that lists the platforms, where there is one'),
    configDigest: z.string().describe('Digest of the configuration, by which container runtimes call the image'),
    platform: Platform,
    layers: z.array(z.object({ digest: z.string(), mediaType: z.string(), size: z.int() })).describe('From the bottom to the top'),
    labels: z.record(z.string(), z.string()).optional(),
    created: z.string().optional(),
  })
  .meta({ id: 'ImageIdentity', description: 'One image for one platform.' });
export type ImageIdentity = z.infer<typeof ImageIdentity>;

/** A package in an image, with where it was found. */
export const FoundPackage = SoftwarePackage.extend({
  locations: z
    .array(z.object({ path: z.string(), layer: z.string() }))
    .min(1)
    .describe('The files that name it, each with the digest of its layer; sorted'),
  owner: z.string().optional().describe('The package of the operating system whose files these are: advisories are matched for that one'),
  cataloger: z.string(),
}).meta({ id: 'FoundPackage', description: 'An installed package and the files that say so.' });
export type FoundPackage = z.infer<typeof FoundPackage>;

/** What an image is made of: its layers laid over each other. The stored truth that SBOM documents and matching are made from. */
export const ImageInventory = z
  .object({
    schemaVersion: z.literal(1),
    analyser: z.string(),
    image: ImageIdentity,
    os: OperatingSystem.optional(),
    packages: z.array(FoundPackage).describe('Sorted by type, name, version'),
    troubles: z.array(z.string()).describe('What makes it incomplete, as sentences'),
  })
  .meta({ id: 'ImageInventory', description: 'An image and every package found in it.' });
export type ImageInventory = z.infer<typeof ImageInventory>;
