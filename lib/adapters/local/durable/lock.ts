import { DatabaseSync } from 'node:sqlite';
import { failed, type Result, succeed } from '../../../core/failure.ts';

/** Held by the one engine that drives the runs of a database. */
export interface EngineLock {
  release(): void;
}

const inMemory = new WeakSet<DatabaseSync>();

const isBusy = (error: unknown): boolean => error instanceof Error && 'errcode' in error && error.errcode === 5;

const held = (database: DatabaseSync, place: string) => {
  const owner = database.prepare('SELECT pid, since FROM durable_engine').get();
  const who = owner ? `the process ${owner.pid} since ${owner.since}` : 'another process';
  return failed('conflict', `The runs of ${place} are driven by ${who}. Stop it first, or use another data folder.`);
};

/**
 * A lock of the operating system on a file beside the database, taken through SQLite: however its owner ends, SIGKILL included, the lock is gone with it, and no number of a process that has been
 * given to another one can keep it. The row in `durable_engine` only says who it is.
 */
const lockFile = (database: DatabaseSync, place: string): Result<EngineLock> => {
  const file = new DatabaseSync(`${place}-engine`, { timeout: 0 });
  try {
    file.exec('BEGIN IMMEDIATE');
    return succeed({ release: () => file.close() });
  } catch (error) {
    file.close();
    if (isBusy(error)) return held(database, place);
    throw error;
  }
};

const lockMemory = (database: DatabaseSync): Result<EngineLock> => {
  if (inMemory.has(database)) return held(database, 'the database in memory');
  inMemory.add(database);
  return succeed({ release: () => void inMemory.delete(database) });
};

/** Makes this process the only driver of the database's runs, or says who is. */
export const lockEngine = (database: DatabaseSync, now: string): Result<EngineLock> => {
  const place = database.location();
  const locked = place === null ? lockMemory(database) : lockFile(database, place);
  if (!locked.ok) return locked;
  try {
    database.prepare('INSERT OR REPLACE INTO durable_engine (id, pid, since) VALUES (1, ?, ?)').run(process.pid, now);
    return locked;
  } catch (error) {
    locked.value.release();
    throw error;
  }
};
