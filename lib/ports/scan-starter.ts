import type { Result } from '../core/failure.ts';

/** What a durable scan run is given: names only, nothing that changes, so that a repeated start has the same payload. */
export interface ScanRun {
  readonly projectId: string;
  readonly clusterId: string;
  readonly scanId: string;
  /** A try to seal the evidence of a scan that has ended already, by number: a run of its own that does nothing else. */
  readonly seal?: number;
}

/** What a durable run that evaluates an upgrade is given. */
export interface EvaluationRun {
  readonly projectId: string;
  readonly clusterId: string;
  readonly evaluationId: string;
  /** A further try, by number, of one whose run is gone: what is decided is only sealed. */
  readonly again?: number;
}

/** Everything the durable function does. */
export type DurableRun = ScanRun | EvaluationRun;
export const isEvaluationRun = (run: DurableRun): run is EvaluationRun => 'evaluationId' in run;

/** Name of a run: that of its scan or evaluation, and for a further try the number behind it. */
export const runNameOf = (run: DurableRun): string => {
  if (isEvaluationRun(run)) return run.again === undefined ? run.evaluationId : `${run.evaluationId}-again-${run.again}`;
  return run.seal === undefined ? run.scanId : `${run.scanId}-seal-${run.seal}`;
};

/** The payload of a run: what it is given and nothing else, always in the same order. */
export const payloadOf = (run: DurableRun): { readonly [name: string]: string | number } => {
  const { projectId, clusterId } = run;
  return isEvaluationRun(run)
    ? { projectId, clusterId, evaluationId: run.evaluationId, ...(run.again === undefined ? {} : { again: run.again }) }
    : { projectId, clusterId, scanId: run.scanId, ...(run.seal === undefined ? {} : { seal: run.seal }) };
};

/** What is known of scan runs at one time; for one round of questions. */
export interface ScanRuns {
  /** Whether the run of a scan exists and has not ended. `undefined` where nobody knows of one: it waits to be begun, or ended so long ago that it is forgotten. Throws what it cannot find out: nobody may take a run for dead because of it. */
  isAlive(run: ScanRun): Promise<boolean | undefined>;
}

/** Starts durable runs of scans and evaluations: Lambda's, or those of this machine. */
export interface ScanStarter {
  /** Starts the run of that name (`runNameOf`) and returns at once. A run of that name that is there already, running or ended, is a success: no scan runs twice. */
  start(run: DurableRun): Promise<Result<void>>;
}
