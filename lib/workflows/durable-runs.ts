import type { DurableContext } from '@aws/durable-execution-sdk-js';
import type { DurableRun } from '../ports/scan-starter.ts';
import { isEvaluationRun } from '../ports/scan-starter.ts';
import { type EvaluationRunEnd, type EvaluationRunPorts, makeEvaluationRun } from './evaluation-run/index.ts';
import { makeScanRun, type ScanRunEnd, type ScanRunPorts } from './scan-run/index.ts';

/** What the durable function works with: everything that scans and evaluations need. */
export type DurableRunPorts = ScanRunPorts & EvaluationRunPorts;

/** The durable function: runs scans, and evaluates upgrades. */
export const makeDurableRuns = (ports: DurableRunPorts) => {
  const [scan, evaluation] = [makeScanRun(ports), makeEvaluationRun(ports)];
  return (run: DurableRun, context: Pick<DurableContext, 'step' | 'waitForCondition'>): Promise<ScanRunEnd | EvaluationRunEnd> =>
    isEvaluationRun(run) ? evaluation(run, context) : scan(run, context);
};
