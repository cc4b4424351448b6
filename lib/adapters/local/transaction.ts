import type { DatabaseSync } from 'node:sqlite';

/** Runs `work` whole or not at all, alone among all processes that have the file open. */
export const alone = <T>(database: DatabaseSync, work: () => T): T => {
  // at once, not at the first write: two writers then queue instead of failing half-way
  database.exec('BEGIN IMMEDIATE');
  try {
    const value = work();
    database.exec('COMMIT');
    return value;
  } catch (error) {
    // some failures have ended it already
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
};
