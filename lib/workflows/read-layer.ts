import type { LayerAnalysis } from '../core/sbom/index.ts';
import type { OpenedImage } from '../ports/image-source.ts';
import type { LayerCache } from '../ports/layer-cache.ts';
import { analyseLayer, analyserVersion, type Catalogers, catalogers } from '../sbom/index.ts';

/** How many layers are read at the same time from one cache's view: each takes a core, and memory for the largest database. */
const mostAtOnce = 3;

/** What became of one layer. */
export interface LayerRead {
  readonly digest: string;
  /** Known already, or read by another image at the same moment: nothing was pulled for this one. */
  readonly isShared: boolean;
  /** Whether it was read to its end. */
  readonly isWhole: boolean;
  /** Bytes pulled. */
  readonly packed: number;
}

export interface LayerTools {
  readonly layers: LayerCache;
  readonly catalogers?: Catalogers;
  /** Told when an analysis could not be kept. */
  readonly warn?: (say: string) => void;
}

/** What is going on with one cache. */
class Works {
  readonly running = new Map<string, Promise<LayerAnalysis>>();
  #free = mostAtOnce;
  readonly #waiting: (() => void)[] = [];

  async inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.#free > 0) this.#free -= 1;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#free += 1;
    }
  }
}
const worksOf = new WeakMap<LayerCache, Works>();

const unread = (digest: string, say: string): LayerAnalysis => ({
  schemaVersion: 1,
  analyser: analyserVersion,
  digest,
  files: [],
  removed: [],
  opaque: [],
  replaced: [],
  troubles: [say.replace(/\.$/, '')],
  interrupted: true,
  bytes: { packed: 0, unpacked: 0 },
});

const pull = async (
  image: OpenedImage,
  { digest, mediaType }: OpenedImage['identity']['layers'][number],
  tools: LayerTools,
  signal: AbortSignal,
): Promise<LayerAnalysis> => {
  if (signal.aborted) return unread(digest, 'It was not read, because reading was cancelled');
  const stream = await image.layer(digest, signal);
  if (!stream.ok) return unread(digest, stream.failure.say);
  const analysis = await analyseLayer(stream.value, { digest, mediaType }, tools.catalogers ?? catalogers, signal);
  if (analysis.interrupted) return analysis;
  const kept = await tools.layers.put(analysis);
  if (!kept.ok) tools.warn?.(kept.failure.say);
  return analysis;
};

/** What is known of a layer: from the cache, from whoever reads it at this moment, or read now. What cannot be read is an analysis that says so. */
export const readLayer = async (
  image: OpenedImage,
  layer: OpenedImage['identity']['layers'][number],
  tools: LayerTools,
  signal: AbortSignal,
): Promise<{ readonly analysis: LayerAnalysis; readonly read: LayerRead }> => {
  const { layers } = tools;
  const works = worksOf.get(layers) ?? new Works();
  worksOf.set(layers, works);
  const told = (analysis: LayerAnalysis, isShared: boolean) => ({
    analysis,
    read: { digest: layer.digest, isShared, isWhole: !analysis.interrupted, packed: isShared ? 0 : analysis.bytes.packed },
  });
  for (;;) {
    const running = works.running.get(layer.digest);
    if (!running) break;
    const analysis = await running;
    // the other one may have been cancelled, or not be allowed to read it
    if (!analysis.interrupted || signal.aborted) return told(analysis, true);
  }
  let isShared = false;
  const work = (async () => {
    const known = await layers.get(layer.digest);
    isShared = known !== undefined;
    return known ?? works.inTurn(() => pull(image, layer, tools, signal));
  })();
  works.running.set(layer.digest, work);
  try {
    return told(await work, isShared);
  } finally {
    works.running.delete(layer.digest);
  }
};
