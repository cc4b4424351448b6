export { type Archive, openArchive } from './archive/open-archive.ts';
export { LayerBroken } from './digest.ts';
export { fullName, type ImageReference, parseReference, shownReference } from './reference.ts';
export { RegistryMirror } from './registry/endpoints.ts';
export { createRegistrySource, type RegistrySource, type RegistrySourceOptions } from './registry/registry-source.ts';
export type { Patience } from './registry/wire.ts';
