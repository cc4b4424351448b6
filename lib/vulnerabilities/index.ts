export type { Advisory } from './advisory/advisory.ts';
export { ecosystems } from './advisory/ecosystem.ts';
export { type AdvisoryFile, newTally, type ReadingTally, readAdvisories } from './advisory/read-advisories.ts';
export { readAdvisory, reduceAdvisory } from './advisory/read-advisory.ts';
export * from './index/index.ts';
export * from './match/index.ts';
export { compareVersions } from './versions/index.ts';
export * from './vex/index.ts';
