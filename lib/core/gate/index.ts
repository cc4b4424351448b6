export * from './facts.ts';
export * from './version.ts';
