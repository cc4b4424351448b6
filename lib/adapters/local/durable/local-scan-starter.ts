import { succeed } from '../../../core/failure.ts';
import { payloadOf, runNameOf, type ScanRuns, type ScanStarter } from '../../../ports/scan-starter.ts';
import type { DurableEngine } from './engine.ts';

/** Name of the engine's handler that runs scans. */
export const scanHandler = 'scan';

/** Starts scans and evaluations as durable runs of this machine, each named after what it is about. */
export const createLocalScanStarter = (engine: Pick<DurableEngine, 'start'>): ScanStarter => ({
  start: async (run) => {
    const started = engine.start(runNameOf(run), scanHandler, payloadOf(run));
    return started.ok ? succeed(undefined) : started;
  },
});

/** What the engine of this machine knows of scan runs; it knows all there ever were, but for those that were swept. */
export const createLocalScanRuns = (engine: Pick<DurableEngine, 'describe'>): ScanRuns => ({
  isAlive: async ({ scanId }) => engine.describe(scanId)?.state === 'running',
});
