import { type Result, succeed } from '../core/failure.ts';
import type { ScanRecord } from '../fleet/scan.ts';
import type { ScanStarter } from '../ports/scan-starter.ts';
import type { Records } from '../records/index.ts';

/** What a queued scan is made of. */
export type Queued = Pick<ScanRecord, 'id' | 'projectId' | 'clusterId' | 'kind' | 'trigger' | 'options' | 'queuedAt'>;

/**
 * Writes a scan down as queued and starts its durable run. Both can be repeated: the id names the scan, and neither a second record nor a second run comes of it. When the process ends in between,
 * the dispatcher starts what stayed queued.
 */
export const queueScan = async (records: Records, starter: ScanStarter, queued: Queued): Promise<Result<ScanRecord>> => {
  const scan: ScanRecord = { ...queued, state: 'queued', artefacts: [] };
  const made = await records.scans.create(scan);
  if (!made.ok && made.failure.code !== 'conflict') return made;
  const { id: scanId, projectId, clusterId } = queued;
  const stored = made.ok ? succeed(made.value) : await records.scans.need({ clusterId, name: scanId });
  if (!stored.ok) return stored;
  if (stored.value.value.state !== 'queued') return succeed(stored.value.value);
  const started = await starter.start({ projectId, clusterId, scanId });
  return started.ok ? succeed(stored.value.value) : started;
};
