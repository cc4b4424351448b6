import { succeed } from '../core/failure.ts';
import type { LayerCache } from '../ports/layer-cache.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import { analyserVersion } from '../sbom/index.ts';
import { analysisPath, packAnalysis, unpackAnalysis } from '../sbom/packed-analysis.ts';

/** Analyses of layers beside the evidence, for the whole fleet. */
export const storedLayers = (objects: ObjectStore, analyser = analyserVersion): LayerCache => ({
  get: async (digest) => {
    const stored = await objects.get(analysisPath(digest, analyser));
    return stored.ok ? unpackAnalysis(stored.value.body, digest, analyser) : undefined;
  },
  put: async (analysis) => {
    const stored = await objects.putIfAbsent(analysisPath(analysis.digest, analyser), await packAnalysis(analysis), {
      contentType: 'application/gzip',
    });
    // another version of the compressor makes other bytes of the same analysis
    return stored.ok || stored.failure.code === 'conflict' ? succeed(undefined) : stored;
  },
});
