import type { DatabaseSync } from 'node:sqlite';
import { isDeepStrictEqual } from 'node:util';
import type { DurableExecutionClient, DurableLambdaHandler } from '@aws/durable-execution-sdk-js';
import { failed, type Result, succeed } from '../../../core/failure.ts';
import type { Json } from '../../../ports/record-store.ts';
import { createCallbacks } from './callbacks.ts';
import type { ClientParts } from './client.ts';
import { createDriver } from './driver.ts';
import { createExecutions, type Execution } from './executions.ts';
import { createJournal } from './journal.ts';
import { type DurableLimits, defaultLimits } from './limits.ts';
import { lockEngine } from './lock.ts';
import { type DurableLog, say } from './log.ts';
import { createOutcomes } from './outcome.ts';
import { createPump } from './pump.ts';
import { type DurableRun, runOf } from './run.ts';
import { createSql } from './sql.ts';
import { createDurableTables } from './tables.ts';

export interface DurableEngineOptions {
  /** The database the runs live in; a file, so that they outlive the process. */
  readonly database: DatabaseSync;
  /** The handlers by name, each wrapped over the client given here: see `createDurableEngine`. Names are stored: one that is gone fails the runs it had. */
  readonly handlers: (client: DurableExecutionClient) => Readonly<Record<string, DurableLambdaHandler>>;
  /** The time, ISO 8601 in UTC with milliseconds. It must go on like the real one: waits are timers. */
  readonly now: () => string;
  readonly log: DurableLog;
  /** Told of every run that has ended, whichever way; at least once, also after a crash in between, and again until it does not throw. */
  readonly ended?: (run: DurableRun) => void | Promise<void>;
  /** How many invocations run at a time; runs that only wait do not count. Default 4. */
  readonly concurrency?: number;
  /** How long a run may take from its start to its end, waits included. Default 24 hours. */
  readonly timeLimitMs?: number;
  readonly limits?: Partial<DurableLimits>;
}

/** Runs durable handlers on this machine. */
export interface DurableEngine {
  /**
   * Puts a run on record; it is driven from `resume()` on. A run of that name with the same payload is there already: fine, `isNew` is false, whether it runs or has ended.
   * With another payload it is the failure `conflict`.
   */
  start(name: string, handler: string, payload: Json): Result<{ readonly isNew: boolean }>;
  /** Begins to drive: every run that has not ended goes on where it was. Call it once, at start-up. */
  resume(): void;
  /** Ends a run as `stopped`, at once: nothing of it is written any more, and its steps are told by their signal. */
  stop(name: string, reason: string): Result<void>;
  /** Answers a callback; the run reads the text as it is. Unknown: `not-found`; ended already: `conflict`. */
  completeCallback(callbackId: string, answer: string): Result<void>;
  failCallback(callbackId: string, error: { readonly name: string; readonly message: string }): Result<void>;
  /** A sign of life from what a callback waits for. */
  heartbeatCallback(callbackId: string): Result<void>;
  describe(name: string): DurableRun | undefined;
  /** Removes runs that ended before a time (ISO 8601), with their histories; answers how many. Their names are free again. */
  sweep(olderThan: string): number;
  /** Lets the steps under way end, for `graceMs` at most (default 10 s), begins no others, and gives the database free. Every run that has not ended can be resumed. */
  close(graceMs?: number): Promise<void>;
}

const day = 24 * 60 * 60 * 1000;
const later = (now: string, ms: number): string => new Date(Date.parse(now) + ms).toISOString();

/**
 * The durable engine of this machine: the official SDK over SQLite. Whoever wraps a handler needs to know two things.
 *
 * The workflow is a plain function `(event, context) => answer`, made from its dependencies. In AWS the SDK finds its own client: `export const handler = withDurableExecution(makeScan(awsParts))`. Here
 * the engine gives it one, and nothing else differs: `handlers: (client) => ({ scan: withDurableExecution(makeScan(localParts), { durableExecutionClient: client }) })`.
 *
 * The event is the payload of `start`. Code outside steps runs again after every wait, so time, chance and I/O belong into steps; what a step or a run returns is history (256 KiB at most), so it returns
 * keys. A step that the end of the process cuts off runs again; one that has ended never does. Invoking other functions (`context.invoke`) is refused.
 *
 * A database has one engine at a time, in all processes: a second one is the failure `conflict`.
 */
export const createDurableEngine = (options: DurableEngineOptions): Result<DurableEngine> => {
  const { database, now, log, timeLimitMs = day } = options;
  createDurableTables(database);
  const lock = lockEngine(database, now());
  if (!lock.ok) return lock;
  const sql = createSql(database);
  const parts: ClientParts = {
    sql,
    executions: createExecutions(sql),
    journal: createJournal(sql),
    limits: { ...defaultLimits, ...options.limits },
    now,
  };
  const { executions, journal, limits } = parts;
  const outcomes = createOutcomes(parts);
  const driver = createDriver({ parts, outcomes, handlers: options.handlers, log, settled: () => pump.kick() });
  const pump = createPump({ parts, outcomes, driver, log, concurrency: options.concurrency ?? 4, ended: options.ended });
  const callbacks = createCallbacks(parts);

  const waking = <T>(done: Result<T>): Result<T> => {
    pump.kick();
    return done;
  };

  let closed: Promise<void> | undefined;
  const close = async (graceMs: number): Promise<void> => {
    pump.halt();
    try {
      await driver.close(graceMs);
      await pump.toldAll(graceMs);
    } catch (error) {
      // whatever could not be written is repeated as interrupted at the next start
      log('DURABLE_ENGINE_FAULT', { why: say(error) });
    } finally {
      lock.value.release();
    }
  };

  const present = (before: Execution, handler: string, payload: Json): Result<{ isNew: boolean }> =>
    before.handler === handler && isDeepStrictEqual(JSON.parse(before.payload), JSON.parse(JSON.stringify(payload)))
      ? succeed({ isNew: false })
      : failed('conflict', `There is a run "${before.name}" already, and it was asked for something else. Use another name.`);

  return succeed({
    start: (name, handler, payload) => {
      const text = JSON.stringify(payload);
      if (Buffer.byteLength(text) > limits.operationBytes)
        return failed(
          'input-invalid',
          `What the run "${name}" is given is larger than ${limits.operationBytes} bytes: store it, and give its key.`,
        );
      const started = sql.transaction(() => {
        const before = executions.find(name);
        if (before) return present(before, handler, payload);
        const at = now();
        executions.add({ name, handler, payload: text, created_at: at, deadline_at: later(at, timeLimitMs) });
        return succeed({ isNew: true });
      });
      if (started.ok && started.value.isNew) log('DURABLE_RUN_STARTED', { run: name, handler });
      return waking(started);
    },
    resume: () => pump.begin(),
    stop: (name, reason) => {
      const before = executions.find(name);
      if (!before) return failed('not-found', `There is no run "${name}".`);
      const outcome = outcomes.end(name, { state: 'stopped', error: { ErrorType: 'Stopped', ErrorMessage: reason } });
      if (outcome.is !== 'ended') return failed('conflict', `The run "${name}" has ended already: ${before.state}.`);
      driver.abort(name);
      log('DURABLE_RUN_ENDED', { run: name, state: 'stopped' });
      return waking(succeed(undefined));
    },
    completeCallback: (callbackId, answer) => waking(callbacks.complete(callbackId, answer)),
    failCallback: (callbackId, error) => waking(callbacks.fail(callbackId, error)),
    heartbeatCallback: (callbackId) => waking(callbacks.heartbeat(callbackId)),
    describe: (name) => {
      const row = executions.find(name);
      return row && runOf(row);
    },
    sweep: (olderThan) =>
      sql.transaction(() => {
        const old = executions.endedBefore(olderThan).filter((name) => !driver.isActive(name));
        for (const name of old) {
          journal.remove(name);
          executions.remove(name);
        }
        return old.length;
      }),
    close: (graceMs = 10_000) => {
      closed ??= close(graceMs);
      return closed;
    },
  });
};
