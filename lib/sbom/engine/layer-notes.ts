import type { FileAnalysis, LayerAnalysis } from '../../core/sbom/index.ts';
import type { LayerLimits } from './limits.ts';
import { LayerTrouble, quoted } from './limits.ts';
import { folderOf, linkTarget, nameOf } from './paths.ts';

const whiteout = '.wh.';
/** Folders of later layers are reached through links such as `lib`, `usr/lib64` and `var/lib/rpm`, never through deeper ones. */
const deepestLink = 3;
/** Names of libraries, of which there are thousands, and which no file is written through. */
const library = /\.so(\.|$)/;

type Notes = Pick<LayerAnalysis, 'files' | 'removed' | 'opaque' | 'replaced' | 'troubles'> & {
  readonly links: NonNullable<LayerAnalysis['links']>;
};

/** Everything that is kept of a layer while it is read. The last entry of a path counts, as when it is unpacked. */
export class LayerNotes {
  readonly #files = new Map<string, FileAnalysis[]>();
  readonly #removed = new Set<string>();
  readonly #opaque = new Set<string>();
  readonly #replaced = new Set<string>();
  readonly #links = new Map<string, string>();
  /** Sentences, with how often each holds and the first name that it is about. */
  readonly #oddities = new Map<string, { count: number; first: string }>();
  readonly #most: number;
  #kept = 0;

  constructor({ mostKeptBytes }: Pick<LayerLimits, 'mostKeptBytes'>) {
    this.#most = mostKeptBytes;
  }

  /** A new entry takes the place of one with the same path. */
  forget(path: string): void {
    this.#files.delete(path);
    this.#replaced.delete(path);
    this.#links.delete(path);
  }

  keep(file: FileAnalysis): void {
    this.#count(JSON.stringify(file).length);
    const others = this.#files.get(file.path);
    if (others) others.push(file);
    else this.#files.set(file.path, [file]);
  }

  of(path: string): readonly FileAnalysis[] {
    return this.#files.get(path) ?? [];
  }

  replace(path: string): void {
    if (this.#replaced.has(path)) return;
    this.#count(path.length);
    this.#replaced.add(path);
  }

  link(path: string, target: string): void {
    if (path.split('/', deepestLink + 1).length > deepestLink || library.test(path)) return;
    this.#count(path.length + target.length);
    this.#links.set(path, linkTarget(path, target));
  }

  /** Whether the name is a whiteout, which is taken, and no file. */
  takeWhiteout(path: string): boolean {
    const name = nameOf(path);
    if (!name.startsWith(whiteout)) return false;
    const folder = folderOf(path);
    const hidden = name.slice(whiteout.length);
    this.#count(path.length);
    if (hidden === '.wh..opq') this.#opaque.add(folder);
    // other names that begin twice so are notes of aufs to itself; `.` and `..` are no files
    else if (hidden !== '' && hidden !== '.' && hidden !== '..' && !hidden.startsWith(whiteout))
      this.#removed.add(folder === '' ? hidden : `${folder}/${hidden}`);
    return true;
  }

  /** Something that makes the analysis incomplete; told once, with the first name and how many more there are. */
  oddity(sentence: string, name: string): void {
    const known = this.#oddities.get(sentence);
    if (known) known.count += 1;
    else this.#oddities.set(sentence, { count: 1, first: quoted(name) });
  }

  finish(): Notes {
    return {
      files: [...this.#files.values()].flat(),
      removed: [...this.#removed],
      opaque: [...this.#opaque],
      replaced: [...this.#replaced],
      links: [...this.#links].map(([path, target]) => ({ path, target })),
      troubles: [...this.#oddities].map(
        ([sentence, { count, first }]) => `${first}${count > 1 ? ` and ${count - 1} more` : ''} ${sentence}`,
      ),
    };
  }

  #count(bytes: number): void {
    this.#kept += bytes;
    if (this.#kept > this.#most)
      throw new LayerTrouble(`what is known of it grew beyond ${Math.round(this.#most / 1024 ** 2)} MiB, and it was not read further`);
  }
}
