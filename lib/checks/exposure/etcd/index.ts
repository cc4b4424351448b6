import type { Probe } from '../probe.ts';

export const etcdProbes: readonly Probe[] = [];
