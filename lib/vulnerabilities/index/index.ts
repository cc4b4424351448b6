export * from './build-index.ts';
export type { IndexEntry } from './entry.ts';
export * from './look-up.ts';
export * from './manifest.ts';
