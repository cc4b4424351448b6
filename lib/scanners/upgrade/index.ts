export { type UpgradeNeedsOptions, upgradeNeeds } from './needs.ts';
export { observeUpgrade } from './observe.ts';
export type * from './options.ts';
