import type { LayerAnalysis } from '../../core/sbom/index.ts';
import type { FileCataloger, FileHead } from '../cataloger.ts';
import { mayReplaceProgram } from '../programs/magic.ts';
import { analyserVersion } from './analyser-version.generated.ts';
import { LayerNotes } from './layer-notes.ts';
import { type LayerLimits, LayerTrouble, layerLimits } from './limits.ts';
import { imagePath } from './paths.ts';
import { type Catalogers, streamedFile, wholeFile } from './read-file.ts';
import { type Body, readTar } from './tar.ts';
import type { TarHeader } from './tar-header.ts';
import { guarded, type Meter, unpacked } from './unpack.ts';

const longestPath = 4096;

/** What is done with each entry of a layer. */
class LayerReader {
  readonly #catalogers: Catalogers;
  readonly #most: number;
  readonly notes: LayerNotes;
  #entries = 0;

  constructor(catalogers: Catalogers, limits: LayerLimits) {
    this.#catalogers = catalogers;
    this.#most = limits.mostEntries;
    this.notes = new LayerNotes(limits);
  }

  readonly visit = (header: TarHeader): Body | undefined => {
    this.#entries += 1;
    if (this.#entries > this.#most) throw new LayerTrouble(`it holds more than ${this.#most} files, and was not read further`);
    const path = this.#pathOf(header.name);
    if (!path || this.notes.takeWhiteout(path)) return undefined;
    const head: FileHead = { path, size: header.size, mode: header.mode };
    const wanting = this.#catalogers.files.filter((cataloger) => cataloger.wants(head));
    if (header.kind === 'folder') {
      if (wanting.length > 0) this.#replace(path);
      return undefined;
    }
    if (header.kind === 'link' && imagePath(header.target).path === path) return undefined;
    this.notes.forget(path);
    if (header.kind === 'file') return this.#file(head, header.sparse, wanting);
    if (header.kind === 'symlink') this.notes.link(path, header.target);
    if (header.kind === 'link') this.#hardLink(path, imagePath(header.target).path, wanting);
    else this.#replace(path);
    return undefined;
  };

  #pathOf(name: string): string | undefined {
    const { path, escapes } = imagePath(name);
    if (escapes) this.notes.oddity('points outside the image, and was taken as if it were in the root', name);
    if (name.includes('\0') || path.length > longestPath) {
      this.notes.oddity('is no name that a file can have, and was not read', name);
      return undefined;
    }
    return path;
  }

  #file(head: FileHead, sparse: boolean, wanting: readonly FileCataloger[]): Body | undefined {
    const keep = this.notes.keep.bind(this.notes);
    if (wanting.length > 0) return wholeFile(head, sparse, wanting, keep, () => this.#replace(head.path));
    return streamedFile(head, this.#catalogers.programs, keep, (beginning) => {
      if (mayReplaceProgram(head, beginning)) this.#replace(head.path);
    });
  }

  /** The same file under a second name: what is known of the first holds for it, as far as catalogers care for that name. */
  #hardLink(path: string, target: string, wanting: readonly FileCataloger[]): void {
    const isOfProgram = (id: string): boolean => this.#catalogers.programs.some((program) => program.id === id);
    for (const file of this.notes.of(target))
      if (isOfProgram(file.cataloger) || wanting.some(({ id }) => id === file.cataloger)) this.notes.keep({ ...file, path });
    const head: FileHead = { path: target, size: 0, mode: 0 };
    if (wanting.some((cataloger) => !cataloger.wants(head)))
      this.notes.oddity('is another name of a file that was not kept, so its packages are unknown', path);
    this.#replace(path);
  }

  #replace(path: string): void {
    if (this.notes.of(path).length === 0) this.notes.replace(path);
  }
}

const troubleOf = (error: unknown): LayerTrouble => {
  if (error instanceof LayerTrouble) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new LayerTrouble(`it could not be read to its end: ${message.replace(/\.$/, '')}`);
};

/**
 * Everything that a layer says of packages, read once while it flows. Whatever it holds, there is an answer: what could be
 * learned, with `troubles` where that is not all. `interrupted` when it was not read to its end, so that its digest is unproven: such an analysis is not kept.
 */
export const analyseLayer = async (
  stream: AsyncIterable<Uint8Array>,
  { digest }: { readonly digest: string; readonly mediaType: string },
  catalogers: Catalogers,
  signal: AbortSignal,
  limits: LayerLimits = layerLimits,
): Promise<LayerAnalysis> => {
  const meter: Meter = { packed: 0, unpacked: 0 };
  const reader = new LayerReader(catalogers, limits);
  const clock = new AbortController();
  const late = `it took longer than ${Math.round(limits.mostMs / 60_000)} minutes`;
  const timer = setTimeout(() => clock.abort(new LayerTrouble(late)), limits.mostMs);
  let end: LayerTrouble | undefined;
  try {
    const source = guarded(stream, meter, AbortSignal.any([signal, clock.signal]), limits.idleMs);
    await readTar(unpacked(source, meter, limits), reader.visit, limits.mostHeaderBytes);
  } catch (error) {
    end = troubleOf(error);
  } finally {
    clearTimeout(timer);
  }
  const { troubles, ...notes } = reader.notes.finish();
  return {
    schemaVersion: 1,
    analyser: analyserVersion,
    digest,
    ...notes,
    troubles: [...(end ? [end.message] : []), ...troubles],
    ...(end ? { interrupted: true } : {}),
    bytes: { packed: meter.packed, unpacked: meter.unpacked },
  };
};
