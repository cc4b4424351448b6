import type { Catalogers } from './engine/read-file.ts';
import { languageCatalogers } from './languages/index.ts';
import { osCatalogers } from './os/index.ts';
import { goPrograms } from './programs/go.ts';
import { rustPrograms } from './programs/rust.ts';

/** Everything that Gatehouse finds packages with. */
export const catalogers: Catalogers = { files: [...osCatalogers, ...languageCatalogers], programs: [goPrograms, rustPrograms] };

export { analyseLayer } from './engine/analyse-layer.ts';
export { analyserVersion } from './engine/analyser-version.generated.ts';
export { type LayerLimits, layerLimits } from './engine/limits.ts';
export { mergeLayers } from './engine/merge-layers.ts';
export type { Catalogers };
