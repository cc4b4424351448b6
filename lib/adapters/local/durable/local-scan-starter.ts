import { succeed } from '../../../core/failure.ts';
import type { ScanStarter } from '../../../ports/scan-starter.ts';
import type { DurableEngine } from './engine.ts';

/** Name of the engine's handler that runs scans. */
export const scanHandler = 'scan';

/** Starts scans as durable runs of this machine, each named after its scan. */
export const createLocalScanStarter = (engine: Pick<DurableEngine, 'start'>): ScanStarter => ({
  start: async ({ projectId, clusterId, scanId }) => {
    const started = engine.start(scanId, scanHandler, { projectId, clusterId, scanId });
    return started.ok ? succeed(undefined) : started;
  },
});
