export { bounds } from './bounds.ts';
export { type DerivedDoors, type DoorsInput, deriveDoors } from './derive.ts';
export type { PodNetwork } from './inside-doors.ts';
export { publicOnly, type ShownNetworks } from './networks.ts';
export { type PackedDoors, packDoors, unpackDoors } from './pack.ts';
