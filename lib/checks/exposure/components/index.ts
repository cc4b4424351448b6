import type { Probe } from '../probe.ts';

export const componentProbes: readonly Probe[] = [];
