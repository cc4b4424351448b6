import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type DurableContext, withDurableExecution } from '@aws/durable-execution-sdk-js';
import { createDurableEngine, type DurableEngine, type DurableEngineOptions } from '../../lib/adapters/local/durable/engine.ts';
import type { DurableRun } from '../../lib/adapters/local/durable/run.ts';

export const newPath = (): string => join(mkdtempSync(join(tmpdir(), 'gatehouse-durable-')), 'data.db');

type Workflow = (event: never, context: DurableContext) => Promise<unknown>;

export interface TestEngine {
  readonly engine: DurableEngine;
  readonly database: DatabaseSync;
  /** Resolves once a run has ended. */
  readonly ended: (name: string) => Promise<DurableRun>;
  /** Resolves once the engine has said a code of a run. */
  readonly said: (code: string, name: string) => Promise<void>;
}

/** An engine over `path` with the workflows given, on the real clock. */
export const openEngine = (path: string, workflows: Record<string, Workflow>, options: Partial<DurableEngineOptions> = {}): TestEngine => {
  const database = new DatabaseSync(path);
  const lines: string[] = [];
  const waiting: (() => void)[] = [];
  const opened = createDurableEngine({
    database,
    handlers: (durableExecutionClient) =>
      Object.fromEntries(
        Object.entries(workflows).map(([name, workflow]) => [name, withDurableExecution(workflow, { durableExecutionClient })]),
      ),
    now: () => new Date().toISOString(),
    log: (code, { run = '' }) => {
      lines.push(`${code} ${run}`);
      for (const look of waiting) look();
    },
    ...options,
  });
  if (!opened.ok) throw new Error(opened.failure.say);
  const engine = opened.value;
  const said = (code: string, name: string): Promise<void> =>
    new Promise((resolve) => {
      const look = () => lines.includes(`${code} ${name}`) && resolve();
      waiting.push(look);
      look();
    });
  const ended = async (name: string): Promise<DurableRun> => {
    await said('DURABLE_RUN_ENDED', name);
    const run = engine.describe(name);
    if (!run) throw new Error(`no run ${name}`);
    return run;
  };
  return { engine, database, ended, said };
};
