import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { codeOf, must } from '../../../test/support/answers.ts';
import { openDatabase } from './database.ts';
import { createSqliteRecords } from './sqlite-records.ts';
import { systemClock } from './system-clock.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gatehouse-records-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const key = { pk: 'p', sk: 's' };

/** A process that opens the database for itself and adds to one number, again and again. */
const adder = `
  import { openDatabase } from '${import.meta.resolve('./database.ts')}';
  import { createSqliteRecords } from '${import.meta.resolve('./sqlite-records.ts')}';
  const opened = openDatabase(process.argv[1]);
  if (!opened.ok) throw new Error(opened.failure.say);
  const store = createSqliteRecords(opened.value, { table: 'core', now: () => new Date().toISOString() });
  for (let done = 0; done < 40; ) {
    const read = await store.get({ pk: 'p', sk: 's' });
    const record = { pk: 'p', sk: 's', data: { n: (read?.data.n ?? 0) + 1 } };
    const answer = await store.put(record, read ? { revision: read.revision } : { absent: true });
    if (answer.ok) done += 1;
    else if (answer.failure.code !== 'conflict') throw new Error(answer.failure.say);
  }`;

it('loses no write of several processes that open the folder at the same moment', async () => {
  const codes = await Promise.all(
    Array.from({ length: 4 }, async () => {
      const [code] = await once(spawn(process.execPath, ['--input-type=module', '-e', adder, folder], { stdio: 'inherit' }), 'exit');
      return code;
    }),
  );
  expect(codes).toEqual([0, 0, 0, 0]);
  const store = createSqliteRecords(must(openDatabase(folder)), { table: 'core', now: systemClock.now });
  expect(await store.get(key)).toMatchObject({ revision: 160, data: { n: 160 } });
}, 30_000);

it('sweeps what has expired, and nothing else', async () => {
  const database = must(openDatabase(folder));
  let now = '2026-11-27T12:00:00.000Z';
  const store = createSqliteRecords(database, { table: 'short', now: () => now });
  const core = createSqliteRecords(database, { table: 'core', now: () => now });
  const expiresAt = Date.parse(now) / 1000 + 10;
  for (const table of [store, core]) must(await table.put({ ...key, data: {}, expiresAt }, { absent: true }));
  must(await store.put({ pk: 'p', sk: 'later', data: {}, expiresAt: expiresAt + 1 }, { absent: true }));
  must(await store.put({ pk: 'p', sk: 'never', data: {} }, { absent: true }));
  expect(store.sweep()).toBe(0);
  now = '2026-11-27T12:00:10.500Z';
  expect(store.sweep()).toBe(1);
  const rows = (table: string) =>
    database
      .prepare(`SELECT sk FROM ${table} ORDER BY sk`)
      .all()
      .map(({ sk }) => sk);
  expect(rows('short')).toEqual(['later', 'never']);
  expect(rows('core')).toEqual(['s']);
});

it('says that the database is read-only, and lets bugs through', async () => {
  const database = must(openDatabase(folder));
  const store = createSqliteRecords(database, { table: 'core', now: systemClock.now });
  database.exec('PRAGMA query_only = ON');
  expect(codeOf(await store.put({ ...key, data: {} }, { absent: true }))).toBe('output-failed');
  database.close();
  await expect(store.put({ ...key, data: {} }, { absent: true })).rejects.toThrow(/not open|finalized/);
});

it('reads indexes and ranges by the indexes of the database', () => {
  const database = must(openDatabase(folder));
  const plan = (sql: string) =>
    database
      .prepare(`EXPLAIN QUERY PLAN ${sql}`)
      .all()
      .map(({ detail }) => String(detail))
      .join();
  expect(plan("SELECT * FROM core WHERE due_pk = 'a' AND due_sk <= 'b' ORDER BY due_sk, pk, sk")).toBe(
    'SEARCH core USING INDEX core_due (due_pk=? AND due_sk<?)',
  );
  expect(plan("SELECT * FROM core WHERE pk = 'a' AND sk >= 'b' ORDER BY sk")).toMatch(
    /^SEARCH core USING INDEX sqlite_autoindex_core_1 \(pk=\? AND sk>\?\)$/,
  );
});
