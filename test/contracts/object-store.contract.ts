import { createHash, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ObjectStore } from '../../lib/ports/object-store.ts';
import { codeOf, must, sayOf } from '../support/answers.ts';

/** `links`: changed or late links are refused · `gone-marker`: a list goes on rightly after an object that is gone. */
export type ObjectStoreGap = 'links' | 'gone-marker';

/** A store under test. */
export interface ObjectStoreUnderTest {
  /** Lists 5 objects a page, so that paging shows. */
  readonly store: ObjectStore;
  /** What a browser gets that follows a link, with what HTTP server there is behind it. */
  download(url: string): Promise<Response>;
  /** Lets time pass for the store alone; absent where time cannot be moved (an emulator has a clock of its own). */
  setNow?(iso: string): void;
  /** Promises of the real store that an emulator does not hold; they are asserted on the exact request instead. */
  readonly gaps?: readonly ObjectStoreGap[];
  close?(): Promise<void> | void;
}

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const json = { contentType: 'application/json' };
const inAnHour = (): string => new Date(Date.now() + 3600_000).toISOString();

/** What every ObjectStore holds. `make` is called once; every test works under a prefix of its own. */
export const describeObjectStore = (name: string, make: () => Promise<ObjectStoreUnderTest>): void => {
  describe(`object store: ${name}`, () => {
    let under: ObjectStoreUnderTest;
    let store: ObjectStore;
    let base: string;
    beforeAll(async () => {
      under = await make();
      store = under.store;
    });
    afterAll(() => under?.close?.());
    beforeEach(() => {
      base = `test-${randomUUID()}`;
      under.setNow?.(new Date().toISOString());
    });
    const put = (key: string, text: string, retainUntil?: string) =>
      store.putIfAbsent(`${base}/${key}`, bytes(text), { ...json, retainUntil });
    const keysOf = async (prefix: string): Promise<readonly string[]> => {
      const found: string[] = [];
      let cursor: string | undefined;
      do {
        const page = must(await store.list(prefix, cursor));
        found.push(...page.objects.map(({ key }) => key.replace(`${base}/`, '')));
        cursor = page.next;
      } while (cursor !== undefined);
      return found;
    };

    describe('writing once', () => {
      it('keeps bytes, size, type and checksum', async () => {
        const body = new Uint8Array(100_000).map((_, at) => at * 7);
        const written = must(await store.putIfAbsent(`${base}/a/report.pdf`, body, { contentType: 'application/pdf' }));
        const hash = createHash('sha256').update(body).digest('hex');
        expect(written).toEqual({
          key: `${base}/a/report.pdf`,
          versionId: written.versionId,
          sha256: hash,
          size: 100_000,
          contentType: 'application/pdf',
        });
        expect(written.versionId).not.toBe('');
        const read = must(await store.get(written.key, written));
        expect(read.object).toEqual(written);
        expect(Buffer.compare(read.body, body)).toBe(0);
        expect(must(await store.get(written.key)).object).toEqual(written);
      });

      it('takes nothing at all', async () => {
        expect(must(await put('empty', ''))).toMatchObject({ size: 0, sha256: sha256('') });
        expect(must(await store.get(`${base}/empty`)).body).toHaveLength(0);
      });

      it('answers what is there when the same bytes come again', async () => {
        const first = must(await put('one', 'same'));
        expect(must(await put('one', 'same'))).toEqual(first);
        expect(must(await store.list(base)).objects).toEqual([{ key: `${base}/one`, size: 4, versionId: first.versionId }]);
      });

      it('refuses other bytes, and keeps the first', async () => {
        await put('one', 'first');
        const answer = await put('one', 'other');
        expect(codeOf(answer)).toBe('conflict');
        expect(sayOf(answer)).toBe('There is another object of this key already, and what is written is never changed. Use another key.');
        expect(codeOf(await put('one', 'Other'))).toBe('conflict');
        expect(must(await store.get(`${base}/one`)).object.sha256).toBe(sha256('first'));
      });

      it('lets one of 50 concurrent writers win', async () => {
        const answers = await Promise.all(Array.from({ length: 50 }, (_, writer) => put('race', `writer ${writer}`)));
        const winners = answers.filter((answer) => answer.ok);
        expect(winners).toHaveLength(1);
        expect(answers.filter((answer) => codeOf(answer) === 'conflict')).toHaveLength(49);
        expect(must(await store.get(`${base}/race`)).object).toEqual(winners[0]?.ok && winners[0].value);
      });

      it('answers one object to concurrent writers of the same bytes', async () => {
        const answers = await Promise.all(Array.from({ length: 20 }, () => put('same', 'same')));
        expect(new Set(answers.map((answer) => must(answer).versionId)).size).toBe(1);
      });

      it.each([
        ['nothing', ''],
        ['a leading slash', '/a'],
        ['a trailing slash', 'a/'],
        ['an empty segment', 'a//b'],
        ['a way up', 'a/../b'],
        ['only a way up', '..'],
        ['a dot', 'a/./b'],
        ['a blank', 'a b'],
        ['a backslash', 'a\\b'],
        ['a tilde', 'a~b'],
        ['a letter that is none of ours', 'é'],
        ['a line break at the end', 'a\n'],
        ['a zero', 'a\u0000'],
        ['a segment of 181', 'x'.repeat(181)],
        ['more than 1,024 bytes', Array.from({ length: 103 }, () => 'x'.repeat(9)).join('/')],
      ])('refuses a key with %s', async (_, key) => {
        expect(codeOf(await store.putIfAbsent(key, bytes('x'), json))).toBe('input-invalid');
        expect(codeOf(await store.get(key))).toBe('input-invalid');
        expect(codeOf(await store.temporaryUrl({ key, versionId: 'v' }, { fileName: 'a', seconds: 60 }))).toBe('input-invalid');
      });

      it('takes every character and length that a key may have', async () => {
        for (const key of [
          'AZaz09._=-',
          '...',
          '.hidden',
          '-rf',
          'x'.repeat(180),
          Array.from({ length: 90 }, () => 'x'.repeat(9)).join('/'),
        ]) {
          expect(must(await store.get(must(await put(key, key)).key)).object.sha256).toBe(sha256(key));
        }
      });

      it('refuses a content type or a retention that is none', async () => {
        for (const contentType of ['', 'json', 'text/html\r\nx: y']) {
          expect(codeOf(await store.putIfAbsent(`${base}/a`, bytes('x'), { contentType }))).toBe('input-invalid');
        }
        expect(codeOf(await put('a', 'x', 'next year'))).toBe('input-invalid');
        expect(await keysOf(base)).toEqual([]);
      });
    });

    describe('reading', () => {
      it('knows no object of another key or version', async () => {
        const one = must(await put('one', 'one'));
        const two = must(await put('two', 'two'));
        expect(codeOf(await store.get(`${base}/none`))).toBe('not-found');
        expect(codeOf(await store.get(`${base}/on`))).toBe('not-found');
        expect(codeOf(await store.get(one.key, { versionId: two.versionId }))).toBe('not-found');
        expect(codeOf(await store.get(one.key, { versionId: 'no-such-version' }))).toBe('not-found');
      });

      it('proves the bytes against a checksum', async () => {
        const { key, versionId } = must(await put('one', 'one'));
        expect(codeOf(await store.get(key, { versionId, sha256: sha256('one') }))).toBe('ok');
        expect(codeOf(await store.get(key, { versionId, sha256: sha256('two') }))).toBe('answer-invalid');
        expect(codeOf(await store.get(key, { sha256: sha256('two') }))).toBe('answer-invalid');
      });
    });

    describe('lists', () => {
      /** In the order of whole keys: `-` and `.` come before `/`. */
      const ordered = ['a-b/z', 'a.b', 'a/b', 'a/b-c', 'a/c/d', 'a/c/e', 'a/c0', 'a0', 'b/report.json', 'b/report.pdf', 'c/x=1', 'd'];
      const fill = async () => {
        for (const key of ordered.toReversed()) must(await put(key, key));
      };

      it('hold all objects in the order of their keys, page by page', async () => {
        await fill();
        expect(await keysOf(`${base}/`)).toEqual(ordered);
        const first = must(await store.list(`${base}/`));
        expect(first.objects).toHaveLength(5);
        expect(first.objects[0]).toEqual({
          key: `${base}/a-b/z`,
          size: 5,
          versionId: must(await store.get(`${base}/a-b/z`)).object.versionId,
        });
      });

      it('hold the objects whose keys begin with a prefix, which may end within a name', async () => {
        await fill();
        expect(await keysOf(`${base}/a/`)).toEqual(['a/b', 'a/b-c', 'a/c/d', 'a/c/e', 'a/c0']);
        expect(await keysOf(`${base}/a/c`)).toEqual(['a/c/d', 'a/c/e', 'a/c0']);
        expect(await keysOf(`${base}/b/rep`)).toEqual(['b/report.json', 'b/report.pdf']);
        expect(await keysOf(`${base}/d`)).toEqual(['d']);
        expect(await keysOf(`${base}/none`)).toEqual([]);
        expect(await keysOf(`${base}/d/`)).toEqual([]);
        expect((await keysOf('')).length).toBeGreaterThanOrEqual(ordered.length);
      });

      it('go on from a cursor when objects are gone', async () => {
        await fill();
        const first = must(await store.list(`${base}/`));
        const gone = under.gaps?.includes('gone-marker') ? first.objects.slice(0, -1) : first.objects;
        for (const { key, versionId } of gone) must(await store.remove({ key, versionId }));
        const second = must(await store.list(`${base}/`, first.next));
        expect(second.objects.map(({ key }) => key.replace(`${base}/`, ''))).toEqual(ordered.slice(5, 10));
      });

      it('take a cursor for the same prefix only', async () => {
        await fill();
        const { next } = must(await store.list(`${base}/`));
        expect(next).toBeTypeOf('string');
        expect(codeOf(await store.list(`${base}/a`, next))).toBe('input-invalid');
        for (const cursor of ['', 'garbage', `x${next}`]) expect(codeOf(await store.list(`${base}/`, cursor))).toBe('input-invalid');
        for (const prefix of ['/', '../', `${base}/../`, 'a//', 'a b']) expect(codeOf(await store.list(prefix))).toBe('input-invalid');
      });
    });

    describe('removal and retention', () => {
      it('removes one version, once or twice', async () => {
        const one = must(await put('one', 'one'));
        expect(codeOf(await store.remove(one))).toBe('ok');
        expect(codeOf(await store.get(one.key))).toBe('not-found');
        expect(codeOf(await store.get(one.key, one))).toBe('not-found');
        expect(await keysOf(base)).toEqual([]);
        expect(codeOf(await store.remove(one))).toBe('ok');
        expect(must(await put('one', 'another')).sha256).toBe(sha256('another'));
      });

      it('removes no other version', async () => {
        const one = must(await put('one', 'one'));
        const two = must(await put('two', 'two'));
        expect(codeOf(await store.remove({ key: one.key, versionId: two.versionId }))).toBe('ok');
        expect(codeOf(await store.remove({ key: one.key, versionId: 'no-such-version' }))).toBe('ok');
        expect(codeOf(await store.get(one.key))).toBe('ok');
      });

      it('keeps what is retained, also when it is written again without', async () => {
        const one = must(await put('one', 'one', inAnHour()));
        must(await put('one', 'one'));
        const answer = await store.remove(one);
        expect(codeOf(answer)).toBe('permission-missing');
        expect(sayOf(answer)).toMatch(/kept until its retention ends/);
        expect(codeOf(await store.get(one.key, one))).toBe('ok');
      });

      it('removes what is not retained any more', async () => {
        const past = must(await put('past', 'past', new Date(Date.now() - 1000).toISOString()));
        expect(codeOf(await store.remove(past))).toBe('ok');
        if (!under.setNow) return;
        const one = must(await put('one', 'one', inAnHour()));
        under.setNow(new Date(Date.now() + 3599_000).toISOString());
        expect(codeOf(await store.remove(one))).toBe('permission-missing');
        under.setNow(new Date(Date.now() + 3601_000).toISOString());
        expect(codeOf(await store.remove(one))).toBe('ok');
      });
    });

    describe('temporary links', () => {
      const link = async (key: string, fileName = 'report.json') => {
        const object = must(await put(key, '{"a":1}'));
        return must(await store.temporaryUrl(object, { fileName, seconds: 60 }));
      };

      it('lead to the bytes, their type and a name to save them under', async () => {
        const answer = await under.download(await link('one', 'Bericht "März" 100%.json'));
        expect(answer.status).toBe(200);
        expect(await answer.text()).toBe('{"a":1}');
        expect(answer.headers.get('content-type')).toBe('application/json');
        expect(answer.headers.get('content-disposition')).toBe(
          `attachment; filename="Bericht _M_rz_ 100_.json"; filename*=UTF-8''Bericht%20%22M%C3%A4rz%22%20100%25.json`,
        );
      });

      it('are good for 1 to 300 seconds, and for names without tricks', async () => {
        const object = must(await put('one', 'one'));
        for (const seconds of [0, -1, 301, 1.5, Number.NaN]) {
          expect(codeOf(await store.temporaryUrl(object, { fileName: 'a', seconds }))).toBe('input-invalid');
        }
        for (const fileName of ['', 'a\r\nx: y', 'a/b', 'a\\b', 'x\u202egpj.exe', 'x'.repeat(201)]) {
          expect(codeOf(await store.temporaryUrl(object, { fileName, seconds: 60 }))).toBe('input-invalid');
        }
        for (const seconds of [1, 300]) expect(codeOf(await store.temporaryUrl(object, { fileName: 'a', seconds }))).toBe('ok');
      });

      it('lead nowhere when changed, or when their time is up', async () => {
        const url = await link('one');
        const other = await link('two');
        if (under.gaps?.includes('links')) return;
        const statusOf = async (changed: string | URL) => (await under.download(String(changed))).status;
        expect(await statusOf(url)).toBe(200);
        expect(await statusOf(url.replace('/one', '/two'))).toBe(403);
        for (const name of new URL(url).searchParams.keys()) {
          const changed = new URL(url);
          changed.searchParams.set(
            name,
            new URL(other).searchParams.get(name) === changed.searchParams.get(name)
              ? '9999999999'
              : (new URL(other).searchParams.get(name) ?? ''),
          );
          expect([name, await statusOf(changed)]).toEqual([name, 403]);
          changed.searchParams.delete(name);
          expect([name, await statusOf(changed)]).toEqual([name, 403]);
        }
        under.setNow?.(new Date(Date.now() + 62_000).toISOString());
        expect(await statusOf(url)).toBe(403);
      });
    });
  });
};
