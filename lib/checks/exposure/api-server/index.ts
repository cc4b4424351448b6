import type { Probe } from '../probe.ts';

export const apiServerProbes: readonly Probe[] = [];
