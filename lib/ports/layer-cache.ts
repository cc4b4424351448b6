import type { Result } from '../core/failure.ts';
import type { LayerAnalysis } from '../core/sbom/index.ts';

/** What is known of layers, by digest. A layer that many images share is read once. */
export interface LayerCache {
  /** `undefined` when there is nothing, or nothing that can be read: then the layer is read again. */
  get(digest: string): Promise<LayerAnalysis | undefined>;
  /** Keeps an analysis. A failure costs time later, and nothing else. */
  put(analysis: LayerAnalysis): Promise<Result<void>>;
}
