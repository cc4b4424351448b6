import { type DurableContext, withDurableExecution } from '@aws/durable-execution-sdk-js';
import { clock, deployedPorts, sleep, version } from '../lib/adapters/aws/deployed/index.ts';
import type { ScanRun } from '../lib/ports/scan-starter.ts';
import { createRecords } from '../lib/records/index.ts';
import { makeScanRun, type ScanRunPorts } from '../lib/workflows/scan-run/index.ts';
import { count } from './shared/count.ts';
import { eventsOf } from './shared/events.ts';
import { log } from './shared/log.ts';

const ports = deployedPorts(process.env);
const records = createRecords(ports.recordStore('recordTable'));
const render: ScanRunPorts['render'] = async (...given) => (await import('../lib/adapters/aws/deployed/render.ts')).render(...given);

const run = makeScanRun({
  version,
  clock,
  sleep,
  log,
  render,
  records,
  objects: ports.objects(),
  secrets: ports.secrets(),
  events: eventsOf(ports, records),
  signer: ports.signer(),
  connector: ports.connector(),
});

/** One scan of one cluster, as a durable run: invoked again whenever it wakes up, until it has ended. */
export const handler = withDurableExecution(async (event: ScanRun, context: DurableContext) => {
  const end = await run(event, context);
  if (end.state === 'completed') count({ scansCompleted: 1 });
  if (end.state === 'failed' || end.state === 'timed-out') count({ scansFailed: 1 });
  return end;
});
