import { type DurableContext, withDurableExecution } from '@aws/durable-execution-sdk-js';
import { clock, deployedPorts, sleep, version } from '../lib/adapters/aws/deployed/index.ts';
import { openRules } from '../lib/adapters/aws/deployed/rules.ts';
import type { DurableRun } from '../lib/ports/scan-starter.ts';
import { createRecords } from '../lib/records/index.ts';
import { type DurableRunPorts, makeDurableRuns } from '../lib/workflows/durable-runs.ts';
import { count } from './shared/count.ts';
import { eventsOf } from './shared/events.ts';
import { log } from './shared/log.ts';

const ports = deployedPorts(process.env);
const records = createRecords(ports.recordStore('recordTable'));
const rendering = () => import('../lib/adapters/aws/deployed/render.ts');

const run = makeDurableRuns({
  version,
  clock,
  sleep,
  log,
  render: async (...given: Parameters<DurableRunPorts['render']>) => (await rendering()).render(...given),
  renderEvaluation: async (...given: Parameters<DurableRunPorts['renderEvaluation']>) => (await rendering()).renderOfGate(...given),
  rules: openRules(),
  records,
  objects: ports.objects(),
  secrets: ports.secrets(),
  events: eventsOf(ports, records),
  signer: ports.signer(),
  connector: ports.connector(),
});

/** One scan of one cluster, or one evaluation of the gate, as a durable run: invoked again whenever it wakes up, until it has ended. */
export const handler = withDurableExecution(async (event: DurableRun, context: DurableContext) => {
  const end = await run(event, context);
  if ('state' in end && end.state === 'completed') count({ scansCompleted: 1 });
  if ('state' in end && (end.state === 'failed' || end.state === 'timed-out')) count({ scansFailed: 1 });
  return end;
});
