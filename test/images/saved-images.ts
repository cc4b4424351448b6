import { z } from 'zod';
import { type ArchiveFiles, openFiles } from '../../lib/adapters/oci/archive/files.ts';
import { must } from '../support/answers.ts';
import { type Blob, type BuiltImage, sha256, type Tagged } from '../support/oci-images.ts';

const Saved = z.array(z.object({ Config: z.string(), Layers: z.array(z.string()) }));
const Config = z.object({ os: z.string(), architecture: z.string() });
const whole = 4 * 2 ** 30;

/** The first image of a docker-archive (`testbed pack`, `docker save`), to be pushed as `repository:tag`. It is held in memory. */
export const readSavedImage = async (path: string, name: string): Promise<Tagged> => {
  const files = must(await openFiles(path));
  const [saved] = Saved.parse(JSON.parse((await text(files, 'manifest.json')).toString()));
  if (!saved) throw new Error(`${path} holds no image`);
  const config = blob(await text(files, saved.Config), 'application/vnd.oci.image.config.v1+json');
  const layers: Blob[] = [];
  for (const layer of saved.Layers) {
    const bytes = await text(files, layer);
    layers.push(blob(bytes, `application/vnd.oci.image.layer.v1.tar${bytes.readUInt16BE(0) === 0x1f8b ? '+gzip' : ''}`));
  }
  const mediaType = 'application/vnd.oci.image.manifest.v1+json';
  const describe = ({ bytes, digest, mediaType: type }: Blob) => ({ mediaType: type, digest, size: bytes.length });
  const manifest = blob(
    Buffer.from(JSON.stringify({ schemaVersion: 2, mediaType, config: describe(config), layers: layers.map(describe) })),
    mediaType,
  );
  const image: BuiltImage = { manifest, config, layers, tars: [], platform: Config.parse(JSON.parse(config.bytes.toString())) };
  return { name, root: manifest, images: [image] };
};

const text = async (files: ArchiveFiles, path: string): Promise<Buffer> => Buffer.from(must(await files.read(path, whole)));
const blob = (bytes: Buffer, mediaType: string): Blob => ({ bytes, digest: sha256(bytes), mediaType });
