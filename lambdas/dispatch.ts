import { clock, deployedPorts } from '../lib/adapters/aws/deployed/index.ts';
import { createRecords } from '../lib/records/index.ts';
import { dispatchDueScans } from '../lib/workflows/dispatch-due-scans.ts';
import { count, log } from './shared/report.ts';

const ports = deployedPorts(process.env);
const dispatching = { records: createRecords(ports.recordStore('recordTable')), starter: ports.starter(), events: ports.events(), log };

/** Every minute: starts the scans whose time has come. What it could not do stays due; the next minute tries again. */
export const handler = async (): Promise<void> => {
  const { started, missed, failed, oldestSeconds } = await dispatchDueScans(dispatching, clock.now());
  count({ oldestOverdue: oldestSeconds, scansStarted: started, slotsSkipped: missed });
  if (failed > 0) throw new Error(`${failed} schedules could not be handled; the log says why`);
};
