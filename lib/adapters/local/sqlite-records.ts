import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import { type Result, succeed } from '../../core/failure.ts';
import {
  indexNames,
  type NewRecord,
  type RecordKey,
  type RecordPage,
  type RecordQuery,
  type RecordStore,
  type StoredRecord,
} from '../../ports/record-store.ts';
import {
  conflictOf,
  cursorAt,
  examineQuery,
  examineRecord,
  isKey,
  type Position,
  type Reading,
  secondsOf,
  storedRecord,
} from '../rules/records.ts';
import { orTrouble } from './sqlite-trouble.ts';

export interface SqliteRecordsOptions {
  /** `core`: what is kept · `short`: what expires (nonces, sessions, idempotency keys). */
  readonly table: 'core' | 'short';
  /** ISO time. */
  now(): string;
}

type Values = Record<string, SQLInputValue>;
type Row = Record<string, SQLInputValue | undefined>;

const placeColumns = indexNames.flatMap((name) => [`${name}_pk`, `${name}_sk`]);
const columns = ['pk', 'sk', 'expires_at', 'data', ...placeColumns];
const isAlive = '(expires_at IS NULL OR expires_at >= :now)';

const valuesOf = (record: NewRecord, text: string): Values => ({
  pk: record.pk,
  sk: record.sk,
  expires_at: record.expiresAt ?? null,
  data: text,
  ...Object.fromEntries(
    indexNames.flatMap((name) => [
      [`${name}_pk`, record.indexes?.[name]?.pk ?? null],
      [`${name}_sk`, record.indexes?.[name]?.sk ?? null],
    ]),
  ),
});

const recordOf = (row: Row): StoredRecord => {
  const places = indexNames.filter((name) => row[`${name}_pk`] !== null);
  return {
    pk: String(row.pk),
    sk: String(row.sk),
    revision: Number(row.revision),
    ...(row.expires_at !== null && { expiresAt: Number(row.expires_at) }),
    ...(places.length > 0 && {
      indexes: Object.fromEntries(places.map((name) => [name, { pk: String(row[`${name}_pk`]), sk: String(row[`${name}_sk`]) }])),
    }),
    data: JSON.parse(String(row.data)),
  };
};

/** The statement of a query and its values. One record more than a page is asked for, to know whether there is another page. */
const statementOf = (
  table: string,
  query: RecordQuery,
  reading: Reading,
  now: number,
): { readonly sql: string; readonly values: Values } => {
  const [pk, sk] = query.index ? [`${query.index}_pk`, `${query.index}_sk`] : ['pk', 'sk'];
  const order = query.index ? [sk, 'pk', 'sk'] : [sk];
  const { after = [], bounds, isDescending } = reading;
  const conditions = [
    `${pk} = :partition`,
    isAlive,
    ...(bounds?.from === undefined ? [] : [`${sk} >= :from`]),
    ...(bounds?.to === undefined ? [] : [`${sk} <= :to`]),
    ...(after.length === 0
      ? []
      : [`(${order.join(', ')}) ${isDescending ? '<' : '>'} (${after.map((_, at) => `:after${at}`).join(', ')})`]),
  ];
  const sorted = order.map((column) => `${column} ${isDescending ? 'DESC' : 'ASC'}`).join(', ');
  return {
    sql: `SELECT * FROM ${table} WHERE ${conditions.join(' AND ')} ORDER BY ${sorted} LIMIT :rows`,
    values: {
      partition: query.pk,
      now,
      rows: reading.limit + 1,
      ...(bounds?.from !== undefined && { from: bounds.from }),
      ...(bounds?.to !== undefined && { to: bounds.to }),
      ...Object.fromEntries(after.map((part, at) => [`after${at}`, part])),
    },
  };
};

const positionOf = (query: RecordQuery, record: StoredRecord): Position =>
  query.index ? [record.indexes?.[query.index]?.sk ?? '', record.pk, record.sk] : [record.sk];

/** Records in a table of the data folder's database. `sweep` deletes what has expired and answers how many; reads do not need it, disks do. */
export const createSqliteRecords = (database: DatabaseSync, options: SqliteRecordsOptions): RecordStore & { sweep(): number } => {
  const { table } = options;
  const now = (): number => secondsOf(options.now());
  const assignments = columns.slice(2).map((column) => `${column} = :${column}`);
  const select = database.prepare(`SELECT * FROM ${table} WHERE pk = :pk AND sk = :sk AND ${isAlive}`);
  const insert = database.prepare(
    `INSERT INTO ${table} (revision, ${columns.join(', ')}) VALUES (1, ${columns.map((column) => `:${column}`).join(', ')})
     ON CONFLICT (pk, sk) DO UPDATE SET revision = 1, ${assignments.join(', ')} WHERE NOT ${isAlive}`,
  );
  const update = database.prepare(
    `UPDATE ${table} SET revision = revision + 1, ${assignments.join(', ')} WHERE pk = :pk AND sk = :sk AND revision = :revision AND ${isAlive}`,
  );
  const removeAny = database.prepare(`DELETE FROM ${table} WHERE pk = :pk AND sk = :sk`);
  const removeRevision = database.prepare(`DELETE FROM ${table} WHERE pk = :pk AND sk = :sk AND revision = :revision AND ${isAlive}`);
  const sweepExpired = database.prepare(`DELETE FROM ${table} WHERE expires_at < :now`);

  const put: RecordStore['put'] = async (record, expected) => {
    const text = examineRecord(record);
    if (!text.ok) return text;
    return orTrouble((): Result<StoredRecord> => {
      const values = { ...valuesOf(record, text.value), now: now() };
      const { changes } = 'absent' in expected ? insert.run(values) : update.run({ ...values, revision: expected.revision });
      const revision = 'absent' in expected ? 1 : expected.revision + 1;
      return changes === 0 ? conflictOf(expected) : succeed(storedRecord(record, revision, text.value));
    });
  };

  const remove: RecordStore['remove'] = async ({ pk, sk }, expected) =>
    orTrouble((): Result<void> => {
      if (!expected) {
        if (isKey({ pk, sk })) removeAny.run({ pk, sk });
        return succeed(undefined);
      }
      const { changes } = removeRevision.run({ pk, sk, revision: expected.revision, now: now() });
      return changes === 0 ? conflictOf(expected) : succeed(undefined);
    });

  const query: RecordStore['query'] = async (asked) => {
    const reading = examineQuery(asked);
    if (!reading.ok) return reading;
    const { bounds, limit } = reading.value;
    if (!bounds) return succeed({ records: [] });
    return orTrouble((): Result<RecordPage> => {
      const { sql, values } = statementOf(table, asked, reading.value, now());
      const rows = database.prepare(sql).all(values) as Row[];
      const records = rows.slice(0, limit).map(recordOf);
      const last = records.at(-1);
      return succeed({ records, ...(rows.length > limit && last && { next: cursorAt(asked, positionOf(asked, last)) }) });
    });
  };

  return {
    get: async ({ pk, sk }: RecordKey) => {
      const row = isKey({ pk, sk }) ? (select.get({ pk, sk, now: now() }) as Row | undefined) : undefined;
      return row && recordOf(row);
    },
    put,
    remove,
    query,
    sweep: () => Number(sweepExpired.run({ now: now() }).changes),
  };
};
