import type { Probe } from '../probe.ts';

export const addOnProbes: readonly Probe[] = [];
