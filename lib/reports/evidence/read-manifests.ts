import { isCanonical } from './canonical.ts';
import { Manifest, sha256Of } from './manifest.ts';
import { type FoundManifest, type Problem, shown } from './verification.ts';

/** A manifest that could be read. */
export interface ReadManifest {
  readonly path: string;
  /** Folder of the scan or evaluation: empty, or ending with `/`. */
  readonly folder: string;
  readonly manifest: Manifest;
  readonly bytes: Uint8Array;
  readonly sha256: string;
  readonly signature: Uint8Array | undefined;
}

/** Folder of a path: empty, or ending with `/`. */
export const folderOf = (path: string): string => path.slice(0, path.lastIndexOf('/') + 1);

/** The cluster a path says it is about, where it is laid out as the store lays it out. */
export const clusterOfPath = (path: string): string | undefined => /(?:^|\/)clusters\/([^/]+)\/(?:scans|evaluations)\//.exec(path)?.[1];
const projectOfPath = (path: string): string | undefined => /(?:^|\/)projects\/([^/]+)\/clusters\//.exec(path)?.[1];

const parse = (bytes: Uint8Array): { readonly manifest: Manifest } | { readonly why: string } => {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch {
    return { why: 'it is not JSON' };
  }
  const parsed = Manifest.safeParse(value);
  if (!parsed.success) {
    const [first] = parsed.error.issues;
    return { why: `${shown(first?.path.join('.') ?? '') || 'the whole file'}: ${shown(first?.message ?? '')}` };
  }
  return isCanonical(bytes, value) ? { manifest: parsed.data } : { why: 'it is not in canonical form, so Gatehouse did not write it' };
};

const misplaced = ({ path, manifest }: ReadManifest): Problem | undefined => {
  const [cluster, project] = [clusterOfPath(path), projectOfPath(path)];
  if (cluster !== undefined && cluster !== manifest.cluster.id)
    return {
      code: 'other-cluster',
      file: path,
      say: `${shown(path)} lies with cluster ${shown(cluster)}, but is about cluster ${shown(manifest.cluster.id)}.`,
    };
  return project !== undefined && project !== manifest.project.id
    ? {
        code: 'other-cluster',
        file: path,
        say: `${shown(path)} lies with project ${shown(project)}, but is about project ${shown(manifest.project.id)}.`,
      }
    : undefined;
};

/** Reads all manifests, or says which is the first that cannot be one. With `cluster`, those of other clusters are left out. */
export const readManifests = (
  found: readonly FoundManifest[],
  cluster?: string,
): { readonly manifests: readonly ReadManifest[] } | { readonly problem: Problem } => {
  const manifests: ReadManifest[] = [];
  for (const { path, bytes, signature } of found) {
    const inFolder = clusterOfPath(path);
    const parsed = parse(bytes);
    if ('why' in parsed) {
      if (cluster !== undefined && inFolder !== undefined && inFolder !== cluster) continue;
      return { problem: { code: 'manifest-unreadable', file: path, say: `${shown(path)} is no manifest: ${parsed.why}.` } };
    }
    if (cluster !== undefined && parsed.manifest.cluster.id !== cluster && inFolder !== cluster) continue;
    const read = { path, folder: folderOf(path), manifest: parsed.manifest, bytes, sha256: sha256Of(bytes), signature };
    const problem = misplaced(read);
    if (problem) return { problem };
    manifests.push(read);
  }
  return { manifests };
};
