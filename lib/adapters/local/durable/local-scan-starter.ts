import { succeed } from '../../../core/failure.ts';
import { runNameOf, type ScanStarter } from '../../../ports/scan-starter.ts';
import type { DurableEngine } from './engine.ts';

/** Name of the engine's handler that runs scans. */
export const scanHandler = 'scan';

/** Starts scans as durable runs of this machine, each named after its scan. */
export const createLocalScanStarter = (engine: Pick<DurableEngine, 'start'>): ScanStarter => ({
  start: async (run) => {
    const { projectId, clusterId, scanId, seal } = run;
    const payload = { projectId, clusterId, scanId, ...(seal === undefined ? {} : { seal }) };
    const started = engine.start(runNameOf(run), scanHandler, payload);
    return started.ok ? succeed(undefined) : started;
  },
});
