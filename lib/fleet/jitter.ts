import { createHash } from 'node:crypto';
import type { ScanKind } from '../reports/report.ts';

/**
 * Minutes that a cluster starts after its slot: 0 to `jitterMinutes`, spread evenly over the clusters, always the same for one cluster and kind.
 * So a fleet that scans at 02:00 does not start all at once, and history still shows an even rhythm.
 */
export const jitterOf = (clusterId: string, kind: ScanKind, jitterMinutes: number): number =>
  createHash('sha256')
    .update(JSON.stringify([clusterId, kind]))
    .digest()
    .readUInt32BE() %
  (jitterMinutes + 1);
