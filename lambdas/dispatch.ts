import { clock, deployedPorts } from '../lib/adapters/aws/deployed/index.ts';
import { createRecords } from '../lib/records/index.ts';
import { dispatchDueScans } from '../lib/workflows/dispatch-due-scans.ts';
import { upkeep } from '../lib/workflows/upkeep/index.ts';
import { count } from './shared/count.ts';
import { eventsOf } from './shared/events.ts';
import { log } from './shared/log.ts';

const ports = deployedPorts(process.env);
const records = createRecords(ports.recordStore('recordTable'));
const work = {
  clock,
  log,
  records,
  shortLived: ports.recordStore('shortLivedTable'),
  starter: ports.starter(),
  events: eventsOf(ports, records),
  secrets: ports.secrets(),
  objects: ports.objects(),
};

/** Every minute: starts the scans whose time has come, then keeps the service healthy. What it could not do stays due; the next minute tries again. */
export const handler = async (): Promise<void> => {
  const { started, missed, failed, oldestSeconds } = await dispatchDueScans(work, clock.now());
  count({ oldestOverdue: oldestSeconds, scansStarted: started, slotsSkipped: missed });
  const runs = ports.scanRuns();
  await upkeep({ ...work, isAlive: (run) => runs.isAlive(run) });
  if (failed > 0) throw new Error(`${failed} schedules could not be handled; the log says why`);
};
