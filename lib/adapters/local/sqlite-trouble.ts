import { failed, type Result } from '../../core/failure.ts';

/** What the world does to a database, by SQLite's primary codes; everything else is a bug and stays thrown. */
const troubles: Readonly<Record<number, ReturnType<typeof failed>>> = {
  5: failed('timed-out', 'The database was busy for too long: another process is writing. Try again.'),
  6: failed('timed-out', 'The database was busy for too long: another process is writing. Try again.'),
  8: failed('output-failed', 'The database is read-only. Check the permissions of the data folder.'),
  10: failed('output-failed', 'The disk failed to read or write the database. Check the disk.'),
  11: failed('output-failed', 'The database is damaged. Restore the data folder from a backup.'),
  13: failed('output-failed', 'The disk is full. Free some space, and try again.'),
};

const codeOf = (error: unknown): number | undefined =>
  error instanceof Error && 'errcode' in error && typeof error.errcode === 'number' ? error.errcode & 0xff : undefined;

/** Does something with a database and turns the world's trouble into a failure. */
export const orTrouble = <T>(work: () => Result<T>): Result<T> => {
  try {
    return work();
  } catch (error) {
    const trouble = troubles[codeOf(error) ?? 0];
    if (!trouble) throw error;
    return trouble;
  }
};
