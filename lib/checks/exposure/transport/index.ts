import type { Probe } from '../probe.ts';

export const transportProbes: readonly Probe[] = [];
