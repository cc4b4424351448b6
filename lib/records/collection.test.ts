import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { must } from '../../test/support/answers.ts';
import { openDatabase } from '../adapters/local/database.ts';
import { createSqliteRecords } from '../adapters/local/sqlite-records.ts';
import { failed, succeed } from '../core/failure.ts';
import { type CollectionSpec, collection } from './collection.ts';

const folder = mkdtempSync(join(tmpdir(), 'gatehouse-records-'));
const database = must(openDatabase(folder));
const store = createSqliteRecords(database, { table: 'core', now: () => '2026-11-27T12:00:00.000Z' });
afterAll(() => {
  database.close();
  rmSync(folder, { recursive: true });
});

const First = z.object({ id: z.string(), title: z.string() });
const spec: CollectionSpec<z.infer<typeof First>, string> = {
  what: 'thing',
  schema: async () => First,
  key: (id) => ({ pk: 'THINGS', sk: id }),
  nameOf: ({ id }) => id,
};
const things = collection(store, spec);
beforeEach(() => database.exec('DELETE FROM core'));

describe('a collection', () => {
  it('creates once, reads, and says what is not there', async () => {
    expect(must(await things.create({ id: 'a', title: 'A' })).revision).toBe(1);
    expect(await things.create({ id: 'a', title: 'B' })).toMatchObject({ ok: false, failure: { code: 'conflict' } });
    expect((await things.get('a'))?.value).toEqual({ id: 'a', title: 'A' });
    expect(await things.need('b')).toMatchObject({ ok: false, failure: { code: 'not-found', say: expect.stringContaining('thing') } });
  });

  it('replaces only what nobody else changed', async () => {
    const old = must(await things.create({ id: 'a', title: 'A' }));
    const next = must(await things.replace(old, { id: 'a', title: 'B' }));
    expect(next.revision).toBe(2);
    expect(await things.replace(old, { id: 'a', title: 'C' })).toMatchObject({ ok: false, failure: { code: 'conflict' } });
    expect((await things.get('a'))?.value.title).toBe('B');
  });

  it('updates after others did, and writes nothing when nothing changes or the change is refused', async () => {
    must(await things.create({ id: 'a', title: '' }));
    await Promise.all(
      Array.from({ length: 5 }, (_, n) => things.update('a', (thing) => succeed({ ...thing, title: `${thing.title}${n}` }))),
    );
    expect([...((await things.get('a'))?.value.title ?? '')].toSorted().join('')).toBe('01234');
    expect(must(await things.update('a', (thing) => succeed(thing))).revision).toBe(6);
    expect(await things.update('a', () => failed('input-invalid', 'No.'))).toMatchObject({ ok: false, failure: { say: 'No.' } });
    expect((await things.get('a'))?.revision).toBe(6);
  });

  it('lists page by page, and all', async () => {
    for (const id of ['a', 'b', 'c', 'd', 'e']) must(await things.create({ id, title: id }));
    const first = must(await things.list({ pk: 'THINGS', limit: 2 }));
    expect(first.items.map(({ value }) => value.id)).toEqual(['a', 'b']);
    const second = must(await things.list({ pk: 'THINGS', limit: 2, cursor: first.next }));
    expect(second.items.map(({ value }) => value.id)).toEqual(['c', 'd']);
    const ids = [];
    for await (const { value } of things.all({ pk: 'THINGS', limit: 2, order: 'descending' })) ids.push(value.id);
    expect(ids).toEqual(['e', 'd', 'c', 'b', 'a']);
  });
});

describe('entities of an older version', () => {
  const Third = z.object({ id: z.string(), name: z.string(), tags: z.array(z.string()) });
  const newer = collection<z.infer<typeof Third>, string>(store, {
    what: 'thing',
    key: spec.key,
    schema: async () => Third,
    nameOf: ({ id }) => id,
    migrations: [({ title, ...rest }) => ({ ...rest, name: title }), (data) => ({ ...data, tags: [] })],
  });

  it('are read in the newest shape, one version after the other, and written back in it', async () => {
    must(await things.create({ id: 'a', title: 'Old' }));
    expect((await newer.get('a'))?.value).toEqual({ id: 'a', name: 'Old', tags: [] });
    const changed = must(await newer.update('a', (thing) => succeed({ ...thing, tags: ['x'] })));
    expect(changed.revision).toBe(2);
    expect((await newer.get('a'))?.value).toEqual({ id: 'a', name: 'Old', tags: ['x'] });
  });

  it('are listed beside new ones', async () => {
    must(await things.create({ id: 'a', title: 'Old' }));
    must(await newer.create({ id: 'b', name: 'New', tags: [] }));
    expect(must(await newer.list({ pk: 'THINGS' })).items.map(({ value }) => value.name)).toEqual(['Old', 'New']);
  });

  it('that a newer Gatehouse wrote are not touched: it says to update', async () => {
    must(await newer.create({ id: 'a', name: 'New', tags: [] }));
    await expect(things.get('a')).rejects.toThrow('newer Gatehouse');
  });
});
