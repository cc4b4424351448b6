import type { Result } from '../core/failure.ts';

/** What a durable scan run is given: names only, nothing that changes, so that a repeated start has the same payload. */
export interface ScanRun {
  readonly projectId: string;
  readonly clusterId: string;
  readonly scanId: string;
  /** A try to seal the evidence of a scan that has ended already, by number: a run of its own that does nothing else. */
  readonly seal?: number;
}

/** Name of a run: that of its scan, and for a try to seal it the number behind it. */
export const runNameOf = ({ scanId, seal }: ScanRun): string => (seal === undefined ? scanId : `${scanId}-seal-${seal}`);

/** What is known of scan runs at one time; for one round of questions. */
export interface ScanRuns {
  /** Whether the run of a scan exists and has not ended. `undefined` where nobody knows of one: it waits to be begun, or ended so long ago that it is forgotten. Throws what it cannot find out: nobody may take a run for dead because of it. */
  isAlive(run: ScanRun): Promise<boolean | undefined>;
}

/** Starts durable scan runs: Lambda's, or those of this machine. */
export interface ScanStarter {
  /** Starts the run of that name (`runNameOf`) and returns at once. A run of that name that is there already, running or ended, is a success: no scan runs twice. */
  start(run: ScanRun): Promise<Result<void>>;
}
