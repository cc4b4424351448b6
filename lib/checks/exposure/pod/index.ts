import type { Probe } from '../probe.ts';

export const podProbes: readonly Probe[] = [];
