import { chmod, mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { codeOf, must, sayOf } from '../../../test/support/answers.ts';
import { openDatabase } from './database.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gatehouse-database-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const steps = ['CREATE TABLE one (a TEXT) STRICT', 'ALTER TABLE one ADD COLUMN b TEXT; CREATE TABLE two (a TEXT) STRICT'];
const pragma = (database: DatabaseSync, name: string): unknown => Object.values(database.prepare(`PRAGMA ${name}`).get() ?? {})[0];
const tables = (database: DatabaseSync): readonly unknown[] =>
  database
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
    .all()
    .map(({ name }) => name);

it('makes a folder and a database that survive a power cut and that others cannot read', async () => {
  const database = must(openDatabase(join(folder, 'a', 'b')));
  expect([pragma(database, 'journal_mode'), pragma(database, 'synchronous'), pragma(database, 'busy_timeout')]).toEqual(['wal', 2, 5000]);
  expect(tables(database)).toEqual(expect.arrayContaining(['core', 'short']));
  for (const name of ['', 'gatehouse.db', 'gatehouse.db-wal', 'gatehouse.db-shm']) {
    expect((await stat(join(folder, 'a', 'b', name))).mode & 0o077).toBe(0);
  }
  database.close();
});

it('takes each step once, in order, and keeps what is there', () => {
  const first = must(openDatabase(folder, steps.slice(0, 1)));
  first.exec("INSERT INTO one VALUES ('kept')");
  first.close();
  const second = must(openDatabase(folder, steps));
  expect(
    second
      .prepare('SELECT a, b FROM one')
      .all()
      .map((row) => ({ ...row })),
  ).toEqual([{ a: 'kept', b: null }]);
  second.close();
  const third = must(openDatabase(folder, steps));
  expect(pragma(third, 'user_version')).toBe(2);
  third.close();
});

it('is as it was when a step fails', () => {
  must(openDatabase(folder, steps.slice(0, 1))).close();
  const answer = openDatabase(folder, [...steps, 'CREATE TABLE three (a TEXT); this is no SQL']);
  expect(sayOf(answer)).toMatch(/^Cannot open the database .*gatehouse\.db: near "this"/);
  const database = must(openDatabase(folder, steps.slice(0, 1)));
  expect(pragma(database, 'user_version')).toBe(1);
  expect(tables(database)).toEqual(['one']);
  database.close();
});

it('refuses a database of a newer version, and leaves it alone', () => {
  must(openDatabase(folder, steps)).close();
  const answer = openDatabase(folder, steps.slice(0, 1));
  expect(codeOf(answer)).toBe('version-unsupported');
  expect(sayOf(answer)).toMatch(
    /was written by a newer Gatehouse \(schema 2; this one knows 1\)\. Use that version, or another data folder\.$/,
  );
  expect(tables(must(openDatabase(folder, steps)))).toEqual(['one', 'two']);
});

it('refuses a database of another program, and a file that is none', async () => {
  const other = new DatabaseSync(join(folder, 'gatehouse.db'));
  other.exec('CREATE TABLE theirs (a)');
  other.close();
  expect(sayOf(openDatabase(folder))).toMatch(/is a database of another program\. Choose another data folder\.$/);
  await writeFile(join(folder, 'gatehouse.db'), 'certainly no database, but long enough to look like one. '.repeat(50));
  expect(sayOf(openDatabase(folder))).toMatch(/^Cannot open the database .*: file is not a database\.$/);
});

it('says what is in the way', async () => {
  await writeFile(join(folder, 'file'), '');
  expect(sayOf(openDatabase(join(folder, 'file', 'deeper')))).toMatch(/is no folder/);
  await mkdir(join(folder, 'x', 'gatehouse.db'), { recursive: true });
  expect(codeOf(openDatabase(join(folder, 'x')))).toBe('output-failed');
});

it('makes the folders above it, and ends where a file system refuses new ones in its own way', async () => {
  must(openDatabase(join(folder, 'a', 'b', 'c'))).close();
  expect((await stat(join(folder, 'a', 'b'))).mode & 0o777).toBe(0o700);
  // /proc answers ENOENT to mkdir, which a loop over parents takes for a missing parent for ever
  const strange = process.platform === 'linux' ? '/proc/gatehouse/data' : join(folder, 'nowhere\0');
  expect(codeOf(openDatabase(strange))).toBe('output-failed');
});

it('closes a database that was readable for all', async () => {
  must(openDatabase(folder)).close();
  await chmod(join(folder, 'gatehouse.db'), 0o644);
  must(openDatabase(folder)).close();
  expect((await stat(join(folder, 'gatehouse.db'))).mode & 0o777).toBe(0o600);
});
