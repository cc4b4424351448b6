import { createHash } from 'node:crypto';
import { failed, type Result, succeed } from '../../core/failure.ts';
import { readTime } from '../../core/time.ts';
import {
  type Expectation,
  indexNames,
  type NewRecord,
  type RecordKey,
  type RecordQuery,
  type StoredRecord,
} from '../../ports/record-store.ts';

// What every RecordStore demands of its callers, whatever keeps the records: written once, so that one machine and AWS refuse the same things.

/** Longest key part in bytes. DynamoDB would take 1,024 for `sk`: the difference is the room that `boundsOf` needs. */
const longestKey = 512;
/** Most bytes of JSON in one record; DynamoDB's own limit is 400 KB with names and keys. */
const largestData = 300_000;
/** The last character in the order of UTF-8 bytes, often enough to come after every key. */
const afterEverything = '\u{10FFFF}'.repeat(longestKey / 4);

const bytesOf = (text: string): number => Buffer.byteLength(text);
/** Order of UTF-8 bytes; JavaScript's own order is that of UTF-16 units and differs beyond U+FFFF. */
const compareBytes = (one: string, other: string): number => Buffer.compare(Buffer.from(one), Buffer.from(other));

/** Whether a record can lie there at all: half of a surrogate pair has no UTF-8 form, so two such keys would become one. */
export const isKey = ({ pk, sk }: RecordKey): boolean =>
  [pk, sk].every((part) => part !== '' && part.isWellFormed() && bytesOf(part) <= longestKey);

/** Text of a record's data, or what is wrong with the record. */
export const examineRecord = (record: NewRecord): Result<string> => {
  const places = indexNames.flatMap((name) => record.indexes?.[name] ?? []);
  if (![record, ...places].every(isKey)) {
    return failed('input-invalid', `A record's key must be 1 to ${longestKey} bytes of valid text in each part. Shorten it.`);
  }
  if (record.expiresAt !== undefined && !Number.isSafeInteger(record.expiresAt)) {
    return failed('input-invalid', 'A record expires at a whole number of seconds since 1970.');
  }
  const text = JSON.stringify(record.data);
  return bytesOf(text) <= largestData
    ? succeed(text)
    : failed('input-invalid', `A record holds at most ${largestData} bytes of JSON, not ${bytesOf(text)}. Store the rest as an object.`);
};

/** The record as a reader gets it: what JSON keeps, and nothing else. */
export const storedRecord = (record: NewRecord, revision: number, text: string): StoredRecord => ({
  pk: record.pk,
  sk: record.sk,
  revision,
  ...(record.expiresAt !== undefined && { expiresAt: record.expiresAt }),
  ...(record.indexes && Object.values(record.indexes).some(Boolean) && { indexes: record.indexes }),
  data: JSON.parse(text),
});

/** The failure of a write whose expectation does not hold. */
export const conflictOf = (expected: Expectation) =>
  failed(
    'conflict',
    'absent' in expected
      ? 'There is a record of this key already. Read it, and decide again.'
      : 'Somebody else changed or removed this record meanwhile. Read it again, and repeat the change.',
  );

/** Seconds since 1970 of an ISO time, with its fraction. */
export const secondsOf = (iso: string): number => {
  const ms = readTime(iso);
  if (ms === undefined) throw new Error(`not an ISO 8601 time: ${iso}`);
  return ms / 1000;
};

/** Both ends of the wanted range of `sk`, inclusive; `undefined` when nothing can lie in it. */
export interface Bounds {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}
const boundsOf = ({ prefix = '', from = '', to }: RecordQuery): Bounds | undefined => {
  const lowest = compareBytes(prefix, from) > 0 ? prefix : from;
  const end = prefix === '' ? undefined : prefix + afterEverything;
  const highest = to !== undefined && (end === undefined || compareBytes(to, end) < 0) ? to : end;
  if (highest !== undefined && (highest === '' || compareBytes(lowest, highest) > 0)) return undefined;
  return { ...(lowest !== '' && { from: lowest }), ...(highest !== undefined && { to: highest }) };
};

/** Where a page ended: `sk` alone, or in an index its `sk` there and then the record's own key. */
export type Position = readonly string[];

/** What a cursor is bound to: everything but the size of a page. */
const fingerprint = ({ pk, index, prefix, from, to, order }: RecordQuery): string =>
  createHash('sha256')
    .update(JSON.stringify([pk, index, prefix, from, to, order ?? 'ascending']))
    .digest('base64url')
    .slice(0, 16);

/** The cursor of the page after a position. It is no secret and needs no signature: a forged one leads elsewhere in the range that its bearer may read anyway. */
export const cursorAt = (query: RecordQuery, position: Position): string =>
  Buffer.from(JSON.stringify([fingerprint(query), ...position])).toString('base64url');

const readCursor = (query: RecordQuery): Position | 'none' | undefined => {
  if (query.cursor === undefined) return 'none';
  try {
    const parts: unknown = JSON.parse(Buffer.from(query.cursor, 'base64url').toString());
    if (!Array.isArray(parts) || !parts.every((part) => typeof part === 'string')) return undefined;
    const [mark, ...position] = parts;
    const isWhole = position.length === (query.index ? 3 : 1) && position.every((part) => isKey({ pk: part, sk: part }));
    return mark === fingerprint(query) && isWhole ? position : undefined;
  } catch {
    return undefined;
  }
};

/** A query that can be asked. `bounds` is missing when nothing can match. */
export interface Reading {
  readonly bounds?: Bounds;
  readonly limit: number;
  readonly isDescending: boolean;
  /** The place after which the page begins. */
  readonly after?: Position;
}

/** Checks a query and reads its cursor. */
export const examineQuery = (query: RecordQuery): Result<Reading> => {
  const { limit = 100, prefix = '', from = '', to = '' } = query;
  if (!Number.isInteger(limit) || limit < 1 || limit > 1000) return failed('input-invalid', 'A page has 1 to 1000 records.');
  const isTextual = [prefix, from, to].every((text) => text === '' || isKey({ pk: text, sk: text }));
  if (!isTextual || !isKey({ pk: query.pk, sk: query.pk })) {
    return failed('input-invalid', `Each part of a query must be valid text of at most ${longestKey} bytes.`);
  }
  const position = readCursor(query);
  if (position === undefined) return failed('input-invalid', 'This cursor belongs to another query. Begin again without a cursor.');
  const bounds = boundsOf(query);
  return succeed({
    limit,
    isDescending: query.order === 'descending',
    ...(bounds && { bounds }),
    ...(position !== 'none' && { after: position }),
  });
};
