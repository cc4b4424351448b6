import { failed, type Result, succeed } from '../../core/failure.ts';
import type { Scanner } from '../scanner.ts';
import type { SbomFacts, SbomTicket } from './facts.ts';
import { type JudgedImages, judgeImages } from './judge.ts';
import { sbomNeeds } from './needs.ts';
import { observeImages } from './observe.ts';
import { readScope, type SbomOptions } from './options.ts';

export type * from './facts.ts';
export { readScope, type SbomOptions, type SbomScope, sbomScopes, scopeText } from './options.ts';
export type * from './tools.ts';

/** What runs in the cluster is made of, and what of it is vulnerable. */
export const sbomScanner: Scanner<SbomOptions, SbomTicket, SbomFacts, Iterable<JudgedImages>> = {
  kind: 'sbom',
  version: 1,
  needs: sbomNeeds,
  start: async ({ cluster, scanId }, options, { images }): Promise<Result<SbomTicket>> => {
    const scope = readScope(options);
    if (!scope.ok) return scope;
    return images
      ? succeed({ cluster, scanId, options, scope: scope.value })
      : failed('input-invalid', 'An SBOM scan pulls images, and a recording has none; name a cluster.');
  },
  poll: observeImages,
  judge: judgeImages,
  // it only reads
  cleanUp: async () => succeed([]),
};
