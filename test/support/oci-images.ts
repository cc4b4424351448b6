import { createHash } from 'node:crypto';
import { gzipSync, zstdCompressSync } from 'node:zlib';

/** One entry of a tar; a file unless it says otherwise. */
export interface TarFile {
  readonly name: string;
  readonly body?: string | Uint8Array;
  /** `0` file, `1` hard link, `2` symbolic link, `5` folder, `x` pax records, `L` long name. */
  readonly type?: string;
  readonly link?: string;
  /** What the header says, where it lies. */
  readonly claims?: number;
}

/** A tar as a builder of images would make it. Times and owners are zero: same files, same bytes. */
export const makeTar = (files: readonly TarFile[]): Buffer => {
  const parts: Buffer[] = [];
  for (const { name, body = '', type = '0', link = '', claims } of files) {
    const bytes = Buffer.from(body as string);
    const header = Buffer.alloc(512);
    header.write(name, 0, 100);
    header.write('0000644\0' + '0000000\0' + '0000000\0', 100);
    header.write(`${(claims ?? bytes.length).toString(8).padStart(11, '0')}\0${'0'.repeat(11)}\0`, 124);
    header.write('        ', 148);
    header.write(type, 156);
    header.write(link, 157, 100);
    header.write('ustar\u000000', 257);
    const sum = header.reduce((total, byte) => total + byte, 0);
    header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
    parts.push(header, bytes, Buffer.alloc((512 - (bytes.length % 512)) % 512));
  }
  return Buffer.concat([...parts, Buffer.alloc(1024)]);
};

export const sha256 = (bytes: string | Uint8Array): string => `sha256:${createHash('sha256').update(bytes).digest('hex')}`;

/** Something that is stored by its digest. */
export interface Blob {
  readonly bytes: Buffer;
  readonly digest: string;
  readonly mediaType: string;
}
const blob = (bytes: Buffer, mediaType: string): Blob => ({ bytes, digest: sha256(bytes), mediaType });
const describeBlob = ({ bytes, digest, mediaType }: Blob) => ({ mediaType, digest, size: bytes.length });

export type Packing = 'gzip' | 'zstd' | 'none';
const pack: Readonly<Record<Packing, (tar: Uint8Array) => Blob>> = {
  gzip: (tar) => blob(gzipSync(tar), 'application/vnd.oci.image.layer.v1.tar+gzip'),
  zstd: (tar) => blob(zstdCompressSync(tar), 'application/vnd.oci.image.layer.v1.tar+zstd'),
  none: (tar) => blob(Buffer.from(tar), 'application/vnd.oci.image.layer.v1.tar'),
};

export interface ImageWish {
  /** Plain tars, from the bottom to the top. */
  readonly layers: readonly Uint8Array[];
  /** How each layer is packed; gzip unless given. */
  readonly packing?: readonly Packing[];
  readonly architecture?: string;
  readonly variant?: string;
  readonly labels?: Readonly<Record<string, string>>;
}

/** An image for one platform, ready to be stored anywhere. */
export interface BuiltImage {
  readonly manifest: Blob;
  readonly config: Blob;
  readonly layers: readonly Blob[];
  /** The layers as they were before they were packed. */
  readonly tars: readonly Buffer[];
  readonly platform: { readonly os: string; readonly architecture: string; readonly variant?: string };
}

export const buildImage = ({ layers: tars, packing = [], architecture = 'amd64', variant, labels }: ImageWish): BuiltImage => {
  const platform = { os: 'linux', architecture, ...(variant !== undefined && { variant }) };
  const layers = tars.map((tar, at) => pack[packing[at] ?? 'gzip'](tar));
  const config = blob(
    Buffer.from(
      JSON.stringify({
        ...platform,
        created: '2026-05-01T00:00:00Z',
        config: { ...(labels && { Labels: labels }) },
        rootfs: { type: 'layers', diff_ids: tars.map((tar) => sha256(tar)) },
      }),
    ),
    'application/vnd.oci.image.config.v1+json',
  );
  const mediaType = 'application/vnd.oci.image.manifest.v1+json';
  const manifest = { schemaVersion: 2, mediaType, config: describeBlob(config), layers: layers.map(describeBlob) };
  return {
    manifest: blob(Buffer.from(JSON.stringify(manifest)), mediaType),
    config,
    layers,
    tars: tars.map((tar) => Buffer.from(tar)),
    platform,
  };
};

/** An index of platforms. `more` are further entries, as they are written. */
export const buildIndex = (images: readonly BuiltImage[], more: readonly unknown[] = []): Blob => {
  const mediaType = 'application/vnd.oci.image.index.v1+json';
  const manifests = [...images.map(({ manifest, platform }) => ({ ...describeBlob(manifest), platform })), ...more];
  return blob(Buffer.from(JSON.stringify({ schemaVersion: 2, mediaType, manifests })), mediaType);
};

/** What is stored under a name: an image, or an index with the images it lists. */
export interface Tagged {
  readonly name: string;
  readonly root: Blob;
  readonly images: readonly BuiltImage[];
}

/** The files of an OCI layout. */
export const layoutFiles = (tagged: readonly Tagged[]): readonly TarFile[] => {
  const blobs = tagged.flatMap(({ root, images }) => [
    root,
    ...images.flatMap(({ manifest, config, layers }) => [manifest, config, ...layers]),
  ]);
  const manifests = tagged.map(({ name, root }) => ({ ...describeBlob(root), annotations: { 'org.opencontainers.image.ref.name': name } }));
  return [
    { name: 'oci-layout', body: '{"imageLayoutVersion":"1.0.0"}' },
    { name: 'index.json', body: JSON.stringify({ schemaVersion: 2, manifests }) },
    ...new Map(blobs.map(({ digest, bytes }) => [digest, { name: `blobs/${digest.replace(':', '/')}`, body: bytes }])).values(),
  ];
};

/** The files that `docker save` used to write: plain layers in folders of their own. */
export const savedFiles = (tagged: readonly Tagged[]): readonly TarFile[] => {
  const images = tagged.map(({ name, images: [image] }) => ({ name, image: image as BuiltImage }));
  const hex = (digest: string): string => digest.slice(7);
  const layerPath = (tar: Buffer): string => `${hex(sha256(tar))}/layer.tar`;
  const list = images.map(({ name, image }) => ({
    Config: `${hex(image.config.digest)}.json`,
    RepoTags: [name],
    Layers: image.tars.map(layerPath),
  }));
  const files = images.flatMap(({ image }) => [
    { name: `${hex(image.config.digest)}.json`, body: image.config.bytes },
    ...image.tars.map((tar) => ({ name: layerPath(tar), body: tar })),
  ]);
  return [...new Map(files.map((file) => [file.name, file])).values(), { name: 'manifest.json', body: JSON.stringify(list) }];
};
