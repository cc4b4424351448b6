import { chmodSync, closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { failed, type Result, succeed } from '../../core/failure.ts';
import { fileTrouble } from './files.ts';
import { migrations } from './migrations.ts';
import { alone } from './transaction.ts';

/** `GATE` in ASCII: tells our files from other programs' databases. */
const applicationId = 0x47415445;

const numberOf = (database: DatabaseSync, pragma: string): number => Number(database.prepare(`PRAGMA ${pragma}`).get()?.[pragma] ?? 0);

/** Brings the schema up to date and answers the version it found when that is newer than ours. Asked inside the transaction, because another process may be at it, too. */
const migrate = (database: DatabaseSync, steps: readonly string[]): number | undefined =>
  alone(database, () => {
    const found = numberOf(database, 'user_version');
    if (found > steps.length) return found;
    for (const step of steps.slice(found)) database.exec(step);
    database.exec(`PRAGMA application_id = ${applicationId}; PRAGMA user_version = ${steps.length}`);
    return undefined;
  });

const isForeign = (database: DatabaseSync): boolean =>
  numberOf(database, 'application_id') !== applicationId &&
  (numberOf(database, 'user_version') > 0 || database.prepare('SELECT 1 FROM sqlite_schema LIMIT 1').get() !== undefined);

const prepare = (database: DatabaseSync, path: string, steps: readonly string[]): Result<DatabaseSync> => {
  if (isForeign(database)) return failed('input-invalid', `${path} is a database of another program. Choose another data folder.`);
  // FULL: what was answered as written survives a power cut, also in write-ahead mode
  const mode = database.prepare('PRAGMA journal_mode = WAL').get()?.journal_mode;
  if (mode !== 'wal') {
    return failed(
      'output-failed',
      `The file system of ${path} does not let processes share a database. Choose a data folder on a local disk.`,
    );
  }
  database.exec('PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON');
  const newer = migrate(database, steps);
  return newer === undefined
    ? succeed(database)
    : failed(
        'version-unsupported',
        `${path} was written by a newer Gatehouse (schema ${newer}; this one knows ${steps.length}). Use that version, or another data folder.`,
      );
};

/** Makes a folder and those above it. Not Node's own `recursive`: that never returns where a file system refuses new folders with ENOENT, as /proc does. */
const makeFolder = (path: string): void => {
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'EEXIST') return;
    if (code !== 'ENOENT' || dirname(path) === path) throw error;
    makeFolder(dirname(path));
    mkdirSync(path, { mode: 0o700 });
  }
};

/**
 * Opens the one database of a data folder, makes it when there is none, and brings its schema up to date. Several processes may have it open. Readable by its owner only.
 * `steps` is an argument for the sake of the tests.
 */
export const openDatabase = (folder: string, steps: readonly string[] = migrations): Result<DatabaseSync> => {
  const path = join(folder, 'gatehouse.db');
  let database: DatabaseSync | undefined;
  try {
    makeFolder(resolve(folder));
    // SQLite would make it readable for others; its companions (-wal, -shm) take the mode of this file
    closeSync(openSync(path, 'a', 0o600));
    chmodSync(path, 0o600);
    database = new DatabaseSync(path, { timeout: 5000 });
    const prepared = prepare(database, path, steps);
    if (!prepared.ok) database.close();
    return prepared;
  } catch (error) {
    if (database?.isOpen) database.close();
    return failed('output-failed', `Cannot open the database ${path}: ${fileTrouble(error)}.`);
  }
};
