import { failed, type Result } from '../../../core/failure.ts';
import type { ImageSource } from '../../../ports/image-source.ts';
import { openDockerArchive } from './docker-archive.ts';
import { openFiles } from './files.ts';
import { openLayout } from './oci-layout.ts';

/** Images in a folder or file. */
export interface Archive extends ImageSource {
  /** The names in it, sorted. */
  references(): readonly string[];
}

/** Opens an OCI layout (folder or tar) or a docker-archive (`docker save`, `ctr images export`). Newer tools write both into one tar; the layout knows more. */
export const openArchive = async (path: string): Promise<Result<Archive>> => {
  const files = await openFiles(path);
  if (!files.ok) return files;
  if ((await files.value.sizeOf('index.json')) !== undefined && (await files.value.sizeOf('oci-layout')) !== undefined)
    return openLayout(files.value);
  if ((await files.value.sizeOf('manifest.json')) !== undefined) return openDockerArchive(files.value);
  return failed(
    'input-invalid',
    `${files.value.name} holds neither index.json with oci-layout nor manifest.json, so it is no archive of images; write one with docker save, or ctr images export.`,
  );
};
