import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { readText } from '../adapters/local/files.ts';
import { createRegistrySource, openArchive, type RegistryMirror } from '../adapters/oci/index.ts';
import { failed, type Result, succeed } from '../core/failure.ts';
import type { ImageSource } from '../ports/image-source.ts';
import type { Terminal } from './terminal.ts';

export interface ImageSourceFlags {
  readonly imageArchive?: string;
  readonly authFile?: readonly string[];
  readonly caFile?: string;
  readonly insecureRegistry?: readonly string[];
  readonly mirror?: readonly RegistryMirror[];
}

/** An image, and where it comes from. */
export interface NamedImage {
  readonly source: ImageSource;
  /** Empty for the only image of an archive. */
  readonly reference: string;
  close(): void;
}

/** Files that exist, and folders that hold images, are archives; a folder that is only called like an image is not in its way. */
const isArchive = (text: string): boolean => {
  if (!existsSync(text)) return /^\.{0,2}\//.test(text);
  return (
    /^\.{0,2}\//.test(text) || !statSync(text).isDirectory() || ['oci-layout', 'manifest.json'].some((name) => existsSync(join(text, name)))
  );
};

/** A mirror of plain HTTP must be named as insecure, like a registry. */
const allowHttp = ({ prefix, endpoints }: RegistryMirror, insecure: readonly string[]): RegistryMirror => ({
  prefix,
  endpoints: endpoints.map((one) => ({ ...one, insecureHttp: insecure.includes(URL.parse(one.url)?.host ?? '') })),
});

/** Where what the user names is read from. */
export const openImageSource = async (
  image: string | undefined,
  { imageArchive, authFile = [], caFile, insecureRegistry = [], mirror = [] }: ImageSourceFlags,
  { env }: Pick<Terminal, 'env'>,
  version: string,
): Promise<Result<NamedImage>> => {
  const archive = imageArchive ?? (image !== undefined && isArchive(image) ? image : undefined);
  if (archive !== undefined) {
    const opened = await openArchive(archive);
    if (!opened.ok) return opened;
    return succeed({ source: opened.value, reference: imageArchive === undefined ? '' : (image ?? ''), close: () => undefined });
  }
  if (image === undefined) return failed('input-invalid', 'Name an image, or an archive of images with --image-archive.');
  const authFiles: string[] = [];
  for (const path of authFile) {
    const text = await readText(path, 'the auth file');
    if (!text.ok) return text;
    authFiles.push(text.value);
  }
  const ca = caFile === undefined ? undefined : await readText(caFile, 'the certificate authority');
  if (ca && !ca.ok) return ca;
  const registries = createRegistrySource({
    authFiles,
    mirrors: mirror.map((one) => allowHttp(one, insecureRegistry)),
    insecureRegistries: insecureRegistry,
    env,
    userAgent: `gatehouse/${version}`,
    ...(ca && { ca: ca.value }),
  });
  return succeed({ source: registries, reference: image, close: registries.close });
};
