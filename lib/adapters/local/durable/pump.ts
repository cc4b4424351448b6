import type { ClientParts } from './client.ts';
import type { Driver } from './driver.ts';
import type { Execution } from './executions.ts';
import { type DurableLog, say } from './log.ts';
import type { Outcomes } from './outcome.ts';
import { type DurableRun, runOf } from './run.ts';

/** Looks what wants to go on, now and whenever something falls due. */
export interface Pump {
  begin(): void;
  /** Look now: something may have changed. */
  kick(): void;
  halt(): void;
  /** Waits until those who are being told of ends know, for a while. */
  toldAll(graceMs: number): Promise<void>;
}

/** How long nothing is looked at when nothing is due: a callback may have been answered by another process. */
const longestPauseMs = 2000;
const tellAgainMs = 30_000;

export interface PumpOptions {
  readonly parts: ClientParts;
  readonly outcomes: Outcomes;
  readonly driver: Driver;
  readonly log: DurableLog;
  readonly concurrency: number;
  readonly ended: ((run: DurableRun) => void | Promise<void>) | undefined;
}

export const createPump = ({ parts, outcomes, driver, log, concurrency, ended }: PumpOptions): Pump => {
  const { sql, executions, journal, now } = parts;
  let isPumping = false;
  let timer: NodeJS.Timeout | undefined;
  const telling = new Map<string, Promise<void>>();

  const tellOne = async (row: Execution): Promise<void> => {
    try {
      await undefined; // whoever is told may ask the engine for something at once: not in the middle of its look
      await ended?.(runOf(row));
      executions.told(row.name);
      telling.delete(row.name);
    } catch (error) {
      log('DURABLE_END_NOT_TOLD', { run: row.name, why: say(error) });
      setTimeout(() => telling.delete(row.name), tellAgainMs).unref();
    }
  };

  const tell = (): void => {
    for (const row of executions.untold()) if (!telling.has(row.name)) telling.set(row.name, tellOne(row));
  };

  const expire = (): void => {
    for (const { name, deadline_at } of executions.overdue(now())) {
      const ErrorMessage = `The run had not ended by ${deadline_at}, which was its time limit.`;
      outcomes.end(name, { state: 'timed-out', error: { ErrorType: 'TimeLimit', ErrorMessage } });
      driver.abort(name);
      log('DURABLE_RUN_ENDED', { run: name, state: 'timed-out' });
    }
  };

  /** Runs that a process before this one had under way. */
  const adopt = (): void => {
    for (const { name, invocation } of executions.interrupted()) {
      if (driver.isActive(name)) continue;
      outcomes.interrupted(name, `${invocation}`);
      log('DURABLE_RUN_STUMBLED', { run: name, why: 'Its process ended.' });
    }
  };

  const isDue = (time: string | undefined): boolean => time !== undefined && time <= now();

  const look = (): void => {
    expire();
    adopt();
    if (isDue(journal.nextDueAt())) sql.transaction(() => journal.fallDue(now()));
    for (const row of executions.ready(now(), concurrency))
      if (driver.active() < concurrency && !driver.isActive(row.name)) driver.drive(row);
    tell();
  };

  const pause = (): number => {
    const [next] = [journal.nextDueAt(), executions.nextAt()].filter((time) => time !== undefined).toSorted();
    const untilNext = next === undefined ? longestPauseMs : Date.parse(next) - Date.parse(now());
    return Math.min(longestPauseMs, Math.max(10, untilNext));
  };

  const kick = (): void => {
    if (!isPumping) return;
    clearTimeout(timer);
    let pauseMs = longestPauseMs;
    try {
      look();
      pauseMs = pause();
    } catch (error) {
      // a database that is busy for a moment must not end the process
      log('DURABLE_ENGINE_FAULT', { why: say(error) });
    }
    timer = setTimeout(kick, pauseMs);
  };

  return {
    begin: () => {
      isPumping = true;
      kick();
    },
    kick,
    halt: () => {
      isPumping = false;
      clearTimeout(timer);
    },
    toldAll: async (graceMs) => {
      const { promise, resolve } = Promise.withResolvers<void>();
      const limit = setTimeout(resolve, graceMs);
      await Promise.race([Promise.all(telling.values()), promise]);
      clearTimeout(limit);
    },
  };
};
