import type { Probe } from '../probe.ts';
import { egressToNodes } from './egress-to-nodes.probe.ts';
import { egressToServices } from './egress-to-services.probe.ts';
import { instanceMetadata } from './instance-metadata.probe.ts';

export const podProbes: readonly Probe[] = [instanceMetadata, egressToServices, egressToNodes];
