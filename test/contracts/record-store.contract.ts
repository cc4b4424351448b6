import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { NewRecord, RecordQuery, RecordStore, StoredRecord } from '../../lib/ports/record-store.ts';
import { codeOf, must } from '../support/answers.ts';

/** A store under test, and the hand that moves its clock. */
export interface RecordStoreUnderTest {
  readonly store: RecordStore;
  setNow(iso: string): void;
  close?(): Promise<void> | void;
}

const start = '2026-11-27T12:00:00.000Z';
const startSeconds = Date.parse(start) / 1000;

/** What every RecordStore holds. `make` is called once; every test works in partitions of its own. */
export const describeRecordStore = (name: string, make: () => Promise<RecordStoreUnderTest>): void => {
  describe(`record store: ${name}`, () => {
    let under: RecordStoreUnderTest;
    let store: RecordStore;
    let pk: string;
    beforeAll(async () => {
      under = await make();
      store = under.store;
    });
    afterAll(() => under?.close?.());
    beforeEach(() => {
      pk = `test#${randomUUID()}`;
      under.setNow(start);
    });

    const create = async (sk: string, more: Partial<NewRecord> = {}): Promise<StoredRecord> =>
      must(await store.put({ pk, sk, data: { sk }, ...more }, { absent: true }));
    const createAll = async (keys: readonly string[]): Promise<void> => {
      for (const sk of keys) await create(sk);
    };
    /** All pages, as lists of keys. */
    const pages = async (query: RecordQuery): Promise<readonly (readonly string[])[]> => {
      const found: string[][] = [];
      let cursor: string | undefined;
      do {
        const page = must(await store.query({ ...query, cursor }));
        found.push(page.records.map(({ sk }) => sk));
        cursor = page.next;
      } while (cursor !== undefined);
      return found;
    };
    const keys = async (query: Omit<RecordQuery, 'pk'> & { readonly pk?: string } = {}): Promise<readonly string[]> =>
      (await pages({ pk, ...query })).flat();

    describe('one record', () => {
      it('comes back as it was written, whatever JSON it holds', async () => {
        const data = {
          text: 'Grüße, 世界 😀 \u0000 \ud800 "quoted" \\ and\nlines',
          numbers: [0, -1.5, 1e300, 5e-324, Number.MAX_SAFE_INTEGER],
          nested: { a: [{ b: null }, [], {}, ''], '': 'empty name', true: true },
          list: [null, false],
          undef: undefined,
        };
        const written = await create('one', { data });
        const expected = { pk, sk: 'one', revision: 1, data: JSON.parse(JSON.stringify(data)) };
        expect(written).toEqual(expected);
        expect(await store.get({ pk, sk: 'one' })).toEqual(expected);
      });

      it('keeps its places in the indexes and its expiry', async () => {
        const more = { expiresAt: startSeconds + 60, indexes: { due: { pk: `due-${pk}`, sk: '1' }, open: { pk: `open-${pk}`, sk: '2' } } };
        expect(await create('one', more)).toMatchObject(more);
        expect(await store.get({ pk, sk: 'one' })).toEqual({ pk, sk: 'one', revision: 1, data: { sk: 'one' }, ...more });
      });

      it('is undefined when there is none, also for keys that none can have', async () => {
        expect(await store.get({ pk, sk: 'none' })).toBeUndefined();
        expect(await store.get({ pk, sk: '' })).toBeUndefined();
        expect(await store.get({ pk, sk: 'x'.repeat(513) })).toBeUndefined();
      });

      it.each([
        ['an apostrophe and a semicolon', "'; DROP TABLE core; --"],
        ['wildcards', '%_*?[a]'],
        ['control characters', 'a\u0000b\u0001\n\u007f'],
        ['characters beyond the first plane', '😀\u{10FFFF}'],
        ['characters that look alike', 'e\u0301'],
        ['a byte order mark', '\uFEFFx'],
        ['512 bytes', 'ü'.repeat(256)],
      ])('takes %s in a key', async (_, odd) => {
        const record = must(
          await store.put({ pk: pk.slice(0, 5) + odd.slice(0, 100) + pk.slice(5), sk: odd, data: { odd } }, { absent: true }),
        );
        expect(await store.get(record)).toEqual(record);
        expect(must(await store.query({ pk: record.pk, prefix: odd })).records).toEqual([record]);
        expect(codeOf(await store.remove(record, { revision: 1 }))).toBe('ok');
        expect(await store.get(record)).toBeUndefined();
      });

      it('keeps keys apart that differ in composition or case only', async () => {
        await createAll(['\u00e9', 'e\u0301', 'A', 'a', 'a ']);
        expect(await keys()).toEqual(['A', 'a', 'a ', 'e\u0301', '\u00e9']);
      });

      it.each([
        ['empty', ''],
        ['longer than 512 bytes', `${'ü'.repeat(256)}x`],
        ['half a character', 'a\ud800'],
      ])('refuses a key that is %s', async (_, bad) => {
        expect(codeOf(await store.put({ pk, sk: bad, data: {} }, { absent: true }))).toBe('input-invalid');
        expect(codeOf(await store.put({ pk: bad, sk: 'a', data: {} }, { absent: true }))).toBe('input-invalid');
        expect(codeOf(await store.put({ pk, sk: 'a', data: {}, indexes: { due: { pk, sk: bad } } }, { absent: true }))).toBe(
          'input-invalid',
        );
        expect(codeOf(await store.remove({ pk, sk: bad }))).toBe('ok');
        expect(await keys()).toEqual([]);
      });

      it('holds 300 kB and refuses more', async () => {
        const fits = { text: 'x'.repeat(300_000 - '{"text":""}'.length) };
        expect((await create('large', { data: fits })).data).toEqual(fits);
        expect((await store.get({ pk, sk: 'large' }))?.data).toEqual(fits);
        const answer = await store.put({ pk, sk: 'larger', data: { text: `${fits.text}x` } }, { absent: true });
        expect(codeOf(answer)).toBe('input-invalid');
        expect(answer.ok ? '' : answer.failure.say).toMatch(/300000 bytes/);
        // counted in bytes, not in characters
        expect(codeOf(await store.put({ pk, sk: 'wide', data: { text: '世'.repeat(100_001) } }, { absent: true }))).toBe('input-invalid');
      });
    });

    describe('compare and set', () => {
      it('creates once', async () => {
        await create('one');
        expect(codeOf(await store.put({ pk, sk: 'one', data: { other: true } }, { absent: true }))).toBe('conflict');
        expect((await store.get({ pk, sk: 'one' }))?.data).toEqual({ sk: 'one' });
      });

      it('changes what was read, and nothing that changed since', async () => {
        await create('one');
        const second = must(await store.put({ pk, sk: 'one', data: { n: 2 } }, { revision: 1 }));
        expect(second.revision).toBe(2);
        expect(codeOf(await store.put({ pk, sk: 'one', data: { n: 3 } }, { revision: 1 }))).toBe('conflict');
        expect(codeOf(await store.put({ pk, sk: 'one', data: { n: 3 } }, { revision: 3 }))).toBe('conflict');
        expect(await store.get({ pk, sk: 'one' })).toEqual(second);
      });

      it('changes nothing that is not there', async () => {
        expect(codeOf(await store.put({ pk, sk: 'one', data: {} }, { revision: 1 }))).toBe('conflict');
        expect(await store.get({ pk, sk: 'one' })).toBeUndefined();
      });

      it('replaces a record whole: no field, place or expiry of the old one stays', async () => {
        await create('one', { data: { old: 1 }, expiresAt: startSeconds + 60, indexes: { due: { pk: `due-${pk}`, sk: '1' } } });
        await store.put({ pk, sk: 'one', data: { new: 1 } }, { revision: 1 });
        expect(await store.get({ pk, sk: 'one' })).toEqual({ pk, sk: 'one', revision: 2, data: { new: 1 } });
      });

      it('lets one of 50 concurrent creators win', async () => {
        const answers = await Promise.all(
          Array.from({ length: 50 }, (_, writer) => store.put({ pk, sk: 'race', data: { writer } }, { absent: true })),
        );
        const winners = answers.flatMap((answer, writer) => (answer.ok ? [writer] : []));
        expect(winners).toHaveLength(1);
        expect(answers.map(codeOf).filter((code) => code === 'conflict')).toHaveLength(49);
        expect((await store.get({ pk, sk: 'race' }))?.data).toEqual({ writer: winners[0] });
      });

      it('lets one of 50 concurrent writers of a revision win', async () => {
        await create('race');
        const answers = await Promise.all(
          Array.from({ length: 50 }, (_, writer) => store.put({ pk, sk: 'race', data: { writer } }, { revision: 1 })),
        );
        const winners = answers.flatMap((answer, writer) => (answer.ok ? [writer] : []));
        expect(winners).toHaveLength(1);
        expect(await store.get({ pk, sk: 'race' })).toMatchObject({ revision: 2, data: { writer: winners[0] } });
      });

      it('loses no increment when every loser reads again', async () => {
        await create('sum', { data: { n: 0 } });
        const add = async (): Promise<void> => {
          for (;;) {
            const read = await store.get({ pk, sk: 'sum' });
            const answer = await store.put({ pk, sk: 'sum', data: { n: Number(read?.data.n) + 1 } }, { revision: read?.revision ?? 0 });
            if (answer.ok) return;
          }
        };
        await Promise.all(Array.from({ length: 12 }, add));
        expect(await store.get({ pk, sk: 'sum' })).toMatchObject({ revision: 13, data: { n: 12 } });
      });

      it('removes once, and only the expected revision when one is expected', async () => {
        await create('one');
        expect(codeOf(await store.remove({ pk, sk: 'one' }, { revision: 2 }))).toBe('conflict');
        expect(codeOf(await store.remove({ pk, sk: 'one' }, { revision: 1 }))).toBe('ok');
        expect(await store.get({ pk, sk: 'one' })).toBeUndefined();
        expect(codeOf(await store.remove({ pk, sk: 'one' }, { revision: 1 }))).toBe('conflict');
        expect(codeOf(await store.remove({ pk, sk: 'one' }))).toBe('ok');
        expect((await create('one')).revision).toBe(1);
      });
    });

    describe('queries', () => {
      /** In the order of UTF-8 bytes, which is not that of UTF-16 units: U+FF5E comes before U+1F600 here. */
      const ordered = ['A', 'B', 'a', 'a#1', 'a#10', 'a#2', 'a\u{10FFFF}', 'a\u{10FFFF}z', 'b', 'é', '\uff5e', '😀'];

      it('read a partition in both orders, by bytes', async () => {
        await createAll(ordered.toReversed());
        expect(await keys()).toEqual(ordered);
        expect(await keys({ order: 'descending' })).toEqual(ordered.toReversed());
        expect(await keys({ pk: `${pk}x` })).toEqual([]);
      });

      it('read by prefix, from, to and their mixtures', async () => {
        await createAll(ordered);
        expect(await keys({ prefix: 'a' })).toEqual(ordered.slice(2, 8));
        expect(await keys({ prefix: 'a#1' })).toEqual(['a#1', 'a#10']);
        expect(await keys({ prefix: 'a\u{10FFFF}' })).toEqual(['a\u{10FFFF}', 'a\u{10FFFF}z']);
        expect(await keys({ prefix: 'nothing' })).toEqual([]);
        expect(await keys({ from: 'a#10' })).toEqual(ordered.slice(4));
        expect(await keys({ to: 'a#10' })).toEqual(ordered.slice(0, 5));
        expect(await keys({ from: 'a', to: 'b' })).toEqual(ordered.slice(2, 9));
        expect(await keys({ from: 'a#1', to: 'a#1' })).toEqual(['a#1']);
        expect(await keys({ prefix: 'a#', from: 'a#10' })).toEqual(['a#10', 'a#2']);
        expect(await keys({ prefix: 'a#', to: 'a#10' })).toEqual(['a#1', 'a#10']);
        expect(await keys({ prefix: 'a#', from: 'A', to: 'z' })).toEqual(['a#1', 'a#10', 'a#2']);
        expect(await keys({ prefix: 'a#', from: 'a#10', to: 'a#1z', order: 'descending' })).toEqual(['a#10']);
        expect(await keys({ from: 'b', to: 'a' })).toEqual([]);
        expect(await keys({ prefix: 'b', to: 'a' })).toEqual([]);
        expect(await keys({ from: '', prefix: '' })).toEqual(ordered);
        expect(await keys({ to: '' })).toEqual([]);
      });

      it('find the longest key by the longest prefix', async () => {
        const longest = 'x'.repeat(512);
        await createAll([longest, longest.slice(1)]);
        expect(await keys({ prefix: longest })).toEqual([longest]);
        expect(await keys({ prefix: longest.slice(1) })).toEqual([longest.slice(1), longest]);
      });

      it.each(['ascending', 'descending'] as const)('page through everything once, %s', async (order) => {
        const all = Array.from({ length: 23 }, (_, at) => `k${String(at).padStart(2, '0')}`);
        await createAll(all);
        const found = await pages({ pk, limit: 5, order });
        expect(found.flat()).toEqual(order === 'ascending' ? all : all.toReversed());
        expect(Math.max(...found.map((page) => page.length))).toBe(5);
        expect(await keys({ limit: 1000, prefix: 'k1', order })).toHaveLength(10);
      });

      it('read 100 records a page unless told otherwise', async () => {
        await createAll(Array.from({ length: 101 }, (_, at) => String(at).padStart(3, '0')));
        expect((await pages({ pk }))[0]).toHaveLength(100);
        expect(await keys()).toHaveLength(101);
      });

      it('go on from a cursor when the record it stands on, and the next ones, are gone', async () => {
        await createAll(['a', 'b', 'c', 'd', 'e']);
        const first = must(await store.query({ pk, limit: 2 }));
        expect(first.records.map(({ sk }) => sk)).toEqual(['a', 'b']);
        for (const sk of ['a', 'b', 'c']) await store.remove({ pk, sk });
        await create('b2');
        expect(must(await store.query({ pk, limit: 2, cursor: first.next })).records.map(({ sk }) => sk)).toEqual(['b2', 'd']);
      });

      it('take a cursor for the very same query only', async () => {
        await createAll(['a1', 'a2', 'a3']);
        const query: RecordQuery = { pk, prefix: 'a', from: 'a', to: 'b', limit: 1 };
        const { next } = must(await store.query(query));
        expect(next).toBeTypeOf('string');
        expect(codeOf(await store.query({ ...query, cursor: next }))).toBe('ok');
        const others: readonly Partial<RecordQuery>[] = [
          { pk: `${pk}x` },
          { prefix: '' },
          { from: 'a1' },
          { to: 'c' },
          { order: 'descending' },
          { index: 'due' },
        ];
        for (const other of others) expect(codeOf(await store.query({ ...query, ...other, cursor: next }))).toBe('input-invalid');
        for (const cursor of ['', 'garbage', '😀', `${next}x`.slice(3), Buffer.from('[]').toString('base64url')]) {
          expect(codeOf(await store.query({ ...query, cursor }))).toBe('input-invalid');
        }
      });

      it('refuse sizes and texts that cannot be', async () => {
        for (const limit of [0, -1, 1001, 1.5, Number.NaN]) expect(codeOf(await store.query({ pk, limit }))).toBe('input-invalid');
        expect(codeOf(await store.query({ pk: '' }))).toBe('input-invalid');
        expect(codeOf(await store.query({ pk, prefix: '\ud800' }))).toBe('input-invalid');
        expect(codeOf(await store.query({ pk, from: 'x'.repeat(513) }))).toBe('input-invalid');
      });
    });

    describe('sparse indexes', () => {
      it('hold the records that have a place in them, whatever their partition', async () => {
        const due = `due-${pk}`;
        await create('none');
        await create('late', { indexes: { due: { pk: due, sk: '2026-02' } } });
        await create('early', { indexes: { due: { pk: due, sk: '2026-01' } } });
        await store.put({ pk: `${pk}-other`, sk: 'far', data: {}, indexes: { due: { pk: due, sk: '2026-03' } } }, { absent: true });
        await create('elsewhere', { indexes: { open: { pk: due, sk: '2026-01' } } });
        expect(await keys({ pk: due, index: 'due' })).toEqual(['early', 'late', 'far']);
        expect(await keys({ pk: due, index: 'due', to: '2026-02' })).toEqual(['early', 'late']);
        expect(await keys({ pk: due, index: 'due', prefix: '2026-0', order: 'descending' })).toEqual(['far', 'late', 'early']);
        expect(await keys({ pk: due, index: 'open' })).toEqual(['elsewhere']);
        expect(await keys({ pk: due, index: 'expiring' })).toEqual([]);
        const [first] = must(await store.query({ pk: due, index: 'due' })).records;
        expect(first).toEqual({ pk, sk: 'early', revision: 1, data: { sk: 'early' }, indexes: { due: { pk: due, sk: '2026-01' } } });
      });

      it('follow a record as it moves, leaves and returns', async () => {
        const due = `due-${pk}`;
        const place = (sk: string) => ({ indexes: { due: { pk: due, sk } } });
        await create('one', place('5'));
        await create('two', place('6'));
        await store.put({ pk, sk: 'one', data: {}, ...place('7') }, { revision: 1 });
        expect(await keys({ pk: due, index: 'due' })).toEqual(['two', 'one']);
        await store.put({ pk, sk: 'one', data: {} }, { revision: 2 });
        expect(await keys({ pk: due, index: 'due' })).toEqual(['two']);
        await store.put({ pk, sk: 'one', data: {}, indexes: { open: { pk: due, sk: '1' } } }, { revision: 3 });
        expect(await keys({ pk: due, index: 'due' })).toEqual(['two']);
        expect(await keys({ pk: due, index: 'open' })).toEqual(['one']);
        await store.remove({ pk, sk: 'two' });
        expect(await keys({ pk: due, index: 'due' })).toEqual([]);
      });

      it('are not touched by a write that is refused', async () => {
        const due = `due-${pk}`;
        await create('one', { indexes: { due: { pk: due, sk: '1' } } });
        await store.put({ pk, sk: 'one', data: {}, indexes: { due: { pk: due, sk: '9' } } }, { revision: 7 });
        expect(await keys({ pk: due, index: 'due', to: '1' })).toEqual(['one']);
        expect(await keys({ pk: due, index: 'due', from: '9' })).toEqual([]);
      });

      it.each(['ascending', 'descending'] as const)('page through records of one place, %s', async (order) => {
        const open = `open-${pk}`;
        const all = Array.from({ length: 11 }, (_, at) => `k${String(at).padStart(2, '0')}`);
        for (const sk of all) await create(sk, { indexes: { open: { pk: open, sk: 'same' } } });
        const found = await pages({ pk: open, index: 'open', limit: 3, order });
        expect(found.flat().toSorted()).toEqual(all);
        expect(found[0]).toHaveLength(3);
      });

      it('go on from a cursor after moves and removals', async () => {
        const open = `open-${pk}`;
        for (const sk of ['a', 'b', 'c', 'd']) await create(sk, { indexes: { open: { pk: open, sk } } });
        const first = must(await store.query({ pk: open, index: 'open', limit: 2 }));
        await store.remove({ pk, sk: 'b' });
        await store.put({ pk, sk: 'c', data: {} }, { revision: 1 });
        const rest = must(await store.query({ pk: open, index: 'open', limit: 2, cursor: first.next }));
        expect(rest.records.map(({ sk }) => sk)).toEqual(['d']);
      });
    });

    describe('expiry', () => {
      const expiresAt = startSeconds + 60;
      const before = '2026-11-27T12:01:00.000Z';
      const after = '2026-11-27T12:01:00.001Z';

      it('hides a record from every read once it is past', async () => {
        const due = `due-${pk}`;
        await create('stays');
        await create('goes', { expiresAt, indexes: { due: { pk: due, sk: '1' } } });
        under.setNow(before);
        expect(await store.get({ pk, sk: 'goes' })).toBeDefined();
        expect(await keys()).toEqual(['goes', 'stays']);
        under.setNow(after);
        expect(await store.get({ pk, sk: 'goes' })).toBeUndefined();
        expect(await keys()).toEqual(['stays']);
        expect(await keys({ pk: due, index: 'due' })).toEqual([]);
      });

      it('lets an expired record be created anew, by one of many, and changed by nobody', async () => {
        await create('nonce', { expiresAt, data: { old: true } });
        expect(codeOf(await store.put({ pk, sk: 'nonce', data: {} }, { absent: true }))).toBe('conflict');
        under.setNow(after);
        expect(codeOf(await store.put({ pk, sk: 'nonce', data: {} }, { revision: 1 }))).toBe('conflict');
        expect(codeOf(await store.remove({ pk, sk: 'nonce' }, { revision: 1 }))).toBe('conflict');
        const answers = await Promise.all(
          Array.from({ length: 20 }, () => store.put({ pk, sk: 'nonce', data: { old: false } }, { absent: true })),
        );
        expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
        expect(await store.get({ pk, sk: 'nonce' })).toEqual({ pk, sk: 'nonce', revision: 1, data: { old: false } });
      });

      it('is put off by a change in time', async () => {
        await create('session', { expiresAt });
        await store.put({ pk, sk: 'session', data: {}, expiresAt: expiresAt + 60 }, { revision: 1 });
        under.setNow(after);
        expect(await store.get({ pk, sk: 'session' })).toMatchObject({ revision: 2, expiresAt: expiresAt + 60 });
      });

      it('keeps paging right when whole pages have expired', async () => {
        for (const sk of ['a', 'b', 'c', 'd', 'e']) await create(sk, sk === 'e' ? {} : { expiresAt });
        under.setNow(after);
        expect(await keys({ limit: 2 })).toEqual(['e']);
      });

      it('refuses an expiry that is no whole number of seconds', async () => {
        for (const bad of [1.5, Number.NaN, Number.POSITIVE_INFINITY]) {
          expect(codeOf(await store.put({ pk, sk: 'bad', data: {}, expiresAt: bad }, { absent: true }))).toBe('input-invalid');
        }
      });
    });
  });
};
