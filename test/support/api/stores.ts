import { DatabaseSync } from 'node:sqlite';
import { migrations } from '../../../lib/adapters/local/migrations.ts';
import { createSqliteRecords } from '../../../lib/adapters/local/sqlite-records.ts';
import type { Clock } from '../../../lib/ports/clock.ts';
import { createRecords } from '../../../lib/records/index.ts';

/** The real tables of the service, in memory. */
export const memoryStores = (clock: Clock) => {
  const database = new DatabaseSync(':memory:');
  for (const step of migrations) database.exec(step);
  const core = createSqliteRecords(database, { table: 'core', now: clock.now });
  const shortLived = createSqliteRecords(database, { table: 'short', now: clock.now });
  /** Everything that is stored. */
  const dump = () => ['core', 'short'].flatMap((table) => database.prepare(`SELECT * FROM ${table}`).all());
  return { dump, records: createRecords(core), core, shortLived, close: () => database.close() };
};
