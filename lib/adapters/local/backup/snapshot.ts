import { join } from 'node:path';
import { backup, DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { failed, type Result, succeed } from '../../../core/failure.ts';
import { databaseName, type FolderNames } from './format.ts';

/** What a database says, beside what is in it. */
export interface DatabaseFacts {
  readonly schema: number;
  /** Paths in the data folder of the evidence that its records name. */
  readonly named: readonly string[];
}

const numberOf = (database: DatabaseSync, pragma: string): number => Number(database.prepare(`PRAGMA ${pragma}`).get()?.[pragma]);

/** Copies the database of a data folder while others write: one moment of it, whole. All pages in one go, because a copy in several begins anew with every write of another process. */
export const takeSnapshot = async (folder: string, to: string): Promise<void> => {
  const database = new DatabaseSync(join(folder, databaseName), { readOnly: true, timeout: 5000 });
  try {
    await backup(database, to, { rate: 2 ** 30 });
  } finally {
    database.close();
  }
};

/** Artefacts and manifests of scans, as records have them. */
const namedSql = `
  SELECT json_extract(file.value, '$.key') AS key, json_extract(file.value, '$.versionId') AS version
    FROM core, json_each(core.data, '$.value.artefacts') AS file WHERE sk GLOB 'SCAN#*'
  UNION
  SELECT json_extract(data, '$.value.manifest.key'), json_extract(data, '$.value.manifest.versionId')
    FROM core WHERE sk GLOB 'SCAN#*' AND json_extract(data, '$.value.manifest.key') IS NOT NULL`;

/** Reads a database that nobody writes to, and proves that it is whole. */
export const examineDatabase = (path: string, { objects }: Pick<FolderNames, 'objects'>): Result<DatabaseFacts> => {
  const url = pathToFileURL(path);
  // nothing is written beside it
  url.search = '?immutable=1';
  const damaged = failed('answer-invalid', 'The database in the backup is damaged. Use another backup.');
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(url, { readOnly: true });
    if (database.prepare('PRAGMA quick_check').get()?.quick_check !== 'ok') return damaged;
    const named = database
      .prepare(namedSql)
      .all()
      .flatMap(({ key, version }) => [`${objects}/objects/${key}`, `${objects}/about/${key}~${version}`]);
    return succeed({ schema: numberOf(database, 'user_version'), named });
  } catch {
    return damaged;
  } finally {
    database?.close();
  }
};
