export { type EpssScores, readEpss } from './epss.ts';
export { type ExploitedCatalogue, readExploited } from './exploited.ts';
export { type Advisories, type MatchOptions, matchInventory } from './match-inventory.ts';
export type * from './matches.ts';
