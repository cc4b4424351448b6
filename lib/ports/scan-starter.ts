import type { Result } from '../core/failure.ts';

/** What a durable scan run is given: names only, nothing that changes, so that a repeated start has the same payload. */
export interface ScanRun {
  readonly projectId: string;
  readonly clusterId: string;
  readonly scanId: string;
}

/** Starts durable scan runs: Lambda's, or those of this machine. */
export interface ScanStarter {
  /** Starts the run named after the scan's id and returns at once. A run of that name that is there already, running or ended, is a success: no scan runs twice. */
  start(run: ScanRun): Promise<Result<void>>;
}
