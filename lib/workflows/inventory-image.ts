import { failed, type Result, succeed } from '../core/failure.ts';
import type { ImageInventory, LayerAnalysis } from '../core/sbom/index.ts';
import type { ImageRequest, ImageSource } from '../ports/image-source.ts';
import { analyserVersion, mergeLayers } from '../sbom/index.ts';
import type { Progress } from './progress.ts';
import { type LayerRead, type LayerTools, readLayer } from './read-layer.ts';

export interface InventoryInput extends LayerTools {
  readonly source: ImageSource;
  readonly request: Omit<ImageRequest, 'signal'>;
  readonly signal: AbortSignal;
  readonly progress?: Progress;
  /** Told of every layer, once per image. */
  readonly onLayer?: (read: LayerRead) => void;
}

/**
 * What an image is made of. Layers that are known are not pulled; the others are read while they flow, a few at a time, and each once, however many images
 * with the same `layers` ask for it at that moment. A layer that cannot be read is one of the inventory's `troubles`.
 */
export const inventoryImage = async (input: InventoryInput): Promise<Result<ImageInventory>> => {
  const { source, request, signal, progress, onLayer } = input;
  const cancelled = failed('cancelled', `Reading ${request.reference || 'the image'} was cancelled.`);
  if (signal.aborted) return cancelled;
  const opened = await source.open({ ...request, signal });
  if (!opened.ok) return opened;
  const { identity } = opened.value;
  // empty layers stand in an image many times
  const layers = [...new Map(identity.layers.map((layer) => [layer.digest, layer])).values()];
  let done = 0;
  const tell = (): void => progress?.({ done, total: layers.length, doing: `reading layers of ${identity.name}` });
  tell();
  const analyses: LayerAnalysis[] = await Promise.all(
    layers.map(async (layer) => {
      const { analysis, read } = await readLayer(opened.value, layer, input, signal);
      done += 1;
      tell();
      onLayer?.(read);
      return analysis;
    }),
  );
  if (signal.aborted) return cancelled;
  return succeed(mergeLayers(identity, analyses, analyserVersion));
};
