export { type CycloneDxVersion, cycloneDxOf } from './cyclonedx.ts';
export type { Made } from './naming.ts';
export { spdxOf } from './spdx.ts';
export { syftOf, syftSchema } from './syft.ts';
