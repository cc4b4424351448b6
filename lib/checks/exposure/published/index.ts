import type { Probe } from '../probe.ts';

export const publishedProbes: readonly Probe[] = [];
