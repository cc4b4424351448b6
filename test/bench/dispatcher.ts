// One tick over a whole fleet: 40,000 schedules of which 2,000 are due, in a data folder, each started as a durable run: node test/bench/dispatcher.ts
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withDurableExecution } from '@aws/durable-execution-sdk-js';
import { openDatabase } from '../../lib/adapters/local/database.ts';
import { createDurableEngine } from '../../lib/adapters/local/durable/engine.ts';
import { createLocalScanStarter, scanHandler } from '../../lib/adapters/local/durable/local-scan-starter.ts';
import { createSqliteRecords } from '../../lib/adapters/local/sqlite-records.ts';
import { succeed } from '../../lib/core/failure.ts';
import { ScheduleRequest } from '../../lib/fleet/schedule.ts';
import { planSchedule } from '../../lib/fleet/schedule-rules.ts';
import { runNameOf } from '../../lib/ports/scan-starter.ts';
import { createRecords } from '../../lib/records/index.ts';
import { scanKinds } from '../../lib/reports/report.ts';
import { type DispatchPorts, dispatchDueScans } from '../../lib/workflows/dispatch-due-scans.ts';
import { must } from '../support/answers.ts';
import { aCluster, aProject } from '../support/fleet.ts';
import { compareWithTarget } from './measure.ts';

const [schedules, due] = [40_000, 2_000];
const now = '2026-11-29T00:00:00.000Z';
const folder = mkdtempSync(join(tmpdir(), 'gatehouse-dispatcher-'));
const database = must(openDatabase(folder));
const store = createSqliteRecords(database, { table: 'core', now: () => now });
const records = createRecords(store);
const engine = must(
  createDurableEngine({
    database,
    // put on record and not driven: the benchmark is about starting them
    handlers: (durableExecutionClient) => ({ [scanHandler]: withDurableExecution(async () => undefined, { durableExecutionClient }) }),
    now: () => now,
    log: () => undefined,
  }),
);

database.exec('BEGIN');
must(await records.projects.create(aProject()));
for (let at = 0; at < schedules; at += 1) {
  const cluster = aCluster({
    id: `cls-${Math.floor(at / scanKinds.length)
      .toString(16)
      .padStart(12, '0')}`,
  });
  const kind = scanKinds[at % scanKinds.length] ?? 'configuration';
  const isDue = at % (schedules / due) === 0;
  const request = ScheduleRequest.parse(isDue ? { preset: 'weekly' } : { cron: '0 12 * * 3' });
  must(await records.schedules.create(must(planSchedule(request, { cluster, kind, now: '2026-11-28T00:00:00.000Z' }))));
}
database.exec('COMMIT');

const starts: string[] = [];
const local = createLocalScanStarter(engine);
const ports: DispatchPorts = {
  records,
  starter: {
    start: (run) => {
      starts.push(runNameOf(run));
      return local.start(run);
    },
  },
  events: { publish: async () => succeed(undefined) },
  log: (code, fields) => console.log(code, fields),
};
const tick = async () => {
  const began = performance.now();
  const done = await dispatchDueScans(ports, now);
  return { ...done, seconds: (performance.now() - began) / 1000 };
};
const first = await tick();
const second = await tick();
const runs = database.prepare('SELECT count(*) AS count FROM durable_executions').get()?.count;
await engine.close();
database.close();
rmSync(folder, { recursive: true });
if (first.started !== due || runs !== due || starts.length !== due || new Set(starts).size !== due)
  throw new Error(`${first.started} started, ${starts.length} asked for, ${runs} runs; it should be ${due}`);
if (second.started + second.missed + second.failed !== 0) throw new Error(`the second tick started ${second.started}`);
console.log(`${schedules} schedules, ${due} due: ${runs} runs, each started once; the second tick started none`);
compareWithTarget('dispatcher, one tick', first.seconds, 's', 10);
compareWithTarget('dispatcher, the tick after it', second.seconds, 's', 10);
