import type { FileAnalysis, LayerAnalysis } from '../../core/sbom/index.ts';
import { folderOf } from './paths.ts';

/** A file that can still be seen when all layers lie over each other. */
export interface VisibleFile {
  readonly file: FileAnalysis;
  readonly layer: string;
}

/** Follows links among the folders of a path; a link in its last part is the file itself. */
export type Follow = (path: string) => string;

const mostLinks = 40;
const foldersOf = (path: string): string[] => {
  const folders: string[] = [];
  for (let folder = folderOf(path); folder !== ''; folder = folderOf(folder)) folders.push(folder);
  return folders;
};

const follower = (links: ReadonlyMap<string, string>): Follow => {
  if (links.size === 0) return (path) => path;
  return (path) => {
    let current = path;
    for (let followed = 0; followed < mostLinks; followed += 1) {
      // the outermost link first, as the kernel walks
      const folder = foldersOf(current).findLast((candidate) => links.has(candidate));
      if (folder === undefined) return current;
      const target = links.get(folder) ?? '';
      current = `${target}${target === '' ? '' : '/'}${current.slice(folder.length + 1)}`;
    }
    return path;
  };
};

/** A layer with its paths as they are once the layers below are there: `lib/x` is `usr/lib/x` where `lib` is a link. */
interface Placed {
  readonly digest: string;
  readonly files: readonly FileAnalysis[];
  readonly gone: readonly string[];
  readonly opaque: readonly string[];
}

const place = (layers: readonly LayerAnalysis[]): { placed: Placed[]; follow: Follow } => {
  const links = new Map<string, string>();
  const placed = layers.map((layer): Placed => {
    for (const path of [...layer.removed, ...layer.replaced]) links.delete(path);
    for (const { path, target } of layer.links ?? []) links.set(path, target);
    const follow = follower(new Map(links));
    return {
      digest: layer.digest,
      files: layer.files.map((file) => ({ ...file, path: follow(file.path) })),
      gone: [...layer.removed, ...layer.replaced].map(follow),
      opaque: layer.opaque.map(follow),
    };
  });
  return { placed, follow: follower(links) };
};

/** What the layers seen so far, from the top, hide of those below. */
class Cover {
  /** Paths that are gone, and all that was in them: removed, replaced, or files now. */
  readonly #gone = new Set<string>();
  /** Folders now, so that no file below can be there. */
  readonly #folders = new Set<string>();
  readonly #emptied = new Set<string>();
  #everything = false;

  hides(path: string): boolean {
    if (this.#everything || this.#gone.has(path) || this.#folders.has(path)) return true;
    return foldersOf(path).some((folder) => this.#gone.has(folder) || this.#emptied.has(folder));
  }

  add({ files, gone, opaque }: Placed): void {
    for (const path of gone) this.#gone.add(path);
    for (const { path } of files) {
      this.#gone.add(path);
      for (const folder of foldersOf(path)) this.#folders.add(folder);
    }
    for (const folder of opaque) {
      if (folder === '') this.#everything = true;
      this.#emptied.add(folder);
    }
  }
}

/** The files that can be seen, from the top to the bottom. Whiteouts act on layers below alone. */
export const overlay = (layers: readonly LayerAnalysis[]): { visible: VisibleFile[]; follow: Follow } => {
  const cover = new Cover();
  const { placed, follow } = place(layers);
  const visible: VisibleFile[] = [];
  for (const layer of placed.reverse()) {
    for (const file of layer.files) if (!cover.hides(file.path)) visible.push({ file, layer: layer.digest });
    cover.add(layer);
  }
  return { visible, follow };
};
