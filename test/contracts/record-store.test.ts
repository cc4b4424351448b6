import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '../../lib/adapters/local/database.ts';
import { createSqliteRecords } from '../../lib/adapters/local/sqlite-records.ts';
import { must } from '../support/answers.ts';
import { describeRecordStore } from './record-store.contract.ts';

for (const table of ['core', 'short'] as const) {
  describeRecordStore(`SQLite, table ${table}`, async () => {
    const folder = await mkdtemp(join(tmpdir(), 'gatehouse-records-'));
    const database = must(openDatabase(folder));
    let now = '';
    return {
      store: createSqliteRecords(database, { table, now: () => now }),
      setNow: (iso) => {
        now = iso;
      },
      close: async () => {
        database.close();
        await rm(folder, { recursive: true });
      },
    };
  });
}
