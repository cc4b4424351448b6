import type { Probe } from '../probe.ts';
import { anonymousPods } from './anonymous-pods.probe.ts';

export const kubeletProbes: readonly Probe[] = [anonymousPods];
