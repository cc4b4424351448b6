import { setTimeout as wait } from 'node:timers/promises';
import { createLocalScanRuns, createLocalScanStarter, scanHandler } from '../../lib/adapters/local/durable/local-scan-starter.ts';
import { runNameOf, type ScanRun } from '../../lib/ports/scan-starter.ts';
import { newPath, openEngine } from '../support/durable-engine.ts';
import { describeScanRuns } from './scan-runs.contract.ts';

describeScanRuns('durable engine over SQLite', async () => {
  const begun: { readonly name: string; readonly given: unknown }[] = [];
  const mayEnd = new Set<string>();
  const scan = async (given: ScanRun) => {
    begun.push({ name: runNameOf(given), given });
    while (!mayEnd.has(runNameOf(given))) await wait(5);
  };
  const { engine, database, ended } = openEngine(newPath(), { [scanHandler]: scan }, { concurrency: 100 });
  engine.resume();
  return {
    starter: createLocalScanStarter(engine),
    runs: () => createLocalScanRuns(engine),
    begun: async () => {
      // the engine begins soon what it has on record
      const recorded = database.prepare('SELECT name FROM durable_executions').all();
      while (recorded.some((row) => !begun.some(({ name }) => name === row.name))) await wait(5);
      return begun;
    },
    end: async (name) => {
      mayEnd.add(name);
      await ended(name);
    },
    close: async () => {
      await engine.close(0);
      database.close();
    },
  };
});
