import type { z } from 'zod';
import { failed, type Result, succeed } from '../core/failure.ts';
import type { IndexName, Json, NewRecord, RecordKey, RecordQuery, RecordStore, StoredRecord } from '../ports/record-store.ts';

/** An entity as it was read, with the revision that a change must name. */
export interface Versioned<T> {
  readonly value: T;
  readonly revision: number;
}

export interface Page<T> {
  readonly items: readonly Versioned<T>[];
  readonly next?: string;
}

/** Brings stored data of one version to the next. Pure; what it makes passes the schema of its version. */
export type Migration = (data: Readonly<Record<string, Json | undefined>>) => Readonly<Record<string, Json | undefined>>;

/** How one kind of entity lies in the store. `K` is what names one of them. */
export interface CollectionSpec<T, K> {
  /** One of these, for sentences: `cluster`. */
  readonly what: string;
  schema(): Promise<z.ZodType<T>>;
  /** From version 1 to 2, from 2 to 3, …: what was stored before is read and written back in the newest shape, never lost. */
  readonly migrations?: readonly Migration[];
  key(name: K): RecordKey;
  nameOf(value: T): K;
  indexes?(value: T): Partial<Record<IndexName, RecordKey>>;
  /** Seconds since 1970 after which it is gone. */
  expiresAt?(value: T): number | undefined;
}

export interface ListQuery extends Omit<RecordQuery, 'limit'> {
  readonly limit?: number | undefined;
  /** Told of a record that cannot be read, which is left out then: for loops that serve many and must not end for one. Without it such a record is an error. */
  readonly onUnreadable?: ((key: RecordKey, error: unknown) => void) | undefined;
}

/** One kind of entity over the record store: typed, versioned, compare-and-set. */
export interface Collection<T, K> {
  get(name: K): Promise<Versioned<T> | undefined>;
  /** `not-found` with a sentence, where the caller cannot go on without it. */
  need(name: K): Promise<Result<Versioned<T>>>;
  /** `conflict` when there is one already. */
  create(value: T): Promise<Result<Versioned<T>>>;
  /** `conflict` when somebody else changed it since. */
  replace(old: Versioned<T>, value: T): Promise<Result<Versioned<T>>>;
  /** Reads, changes and writes, again when somebody else was faster. `change` may refuse; answering the same object writes nothing. */
  update(name: K, change: (value: T) => Result<T>): Promise<Result<Versioned<T>>>;
  remove(name: K, revision?: number): Promise<Result<void>>;
  list(query: ListQuery): Promise<Result<Page<T>>>;
  /** Every one of them, page by page. Throws when the store fails: for loops inside the service. */
  all(query: ListQuery): AsyncGenerator<Versioned<T>>;
}

const raceTries = 8;

/** Makes the typed view of one kind of entity. */
export const collection = <T extends object, K>(store: RecordStore, spec: CollectionSpec<T, K>): Collection<T, K> => {
  const migrations = spec.migrations ?? [];
  const current = migrations.length + 1;

  const read = (record: StoredRecord, schema: z.ZodType<T>): Versioned<T> => {
    const stored = typeof record.data.schemaVersion === 'number' ? record.data.schemaVersion : 1;
    if (stored > current)
      throw new Error(
        `a ${spec.what} was written by a newer Gatehouse (schema version ${stored}, this one knows ${current}); update this installation`,
      );
    const raw = record.data.value as Readonly<Record<string, Json | undefined>>;
    const value = migrations.slice(stored - 1).reduce((data, migrate) => migrate(data), raw);
    return { value: schema.parse(value), revision: record.revision };
  };

  const toRecord = (value: T): NewRecord => ({
    ...spec.key(spec.nameOf(value)),
    data: { schemaVersion: current, value: value as unknown as Json },
    ...(spec.indexes ? { indexes: spec.indexes(value) } : {}),
    ...(spec.expiresAt ? { expiresAt: spec.expiresAt(value) } : {}),
  });

  const get = async (name: K) => {
    const record = await store.get(spec.key(name));
    return record && read(record, await spec.schema());
  };
  const put = async (value: T, expected: { absent: true } | { revision: number }): Promise<Result<Versioned<T>>> => {
    const written = await store.put(toRecord(value), expected);
    return written.ok ? succeed({ value, revision: written.value.revision }) : written;
  };
  const replace = (old: Versioned<T>, value: T) => put(value, { revision: old.revision });
  const need = async (name: K): Promise<Result<Versioned<T>>> => {
    const there = await get(name);
    return there ? succeed(there) : failed('not-found', `There is no such ${spec.what}; check its id.`);
  };
  const readOr = (record: StoredRecord, schema: z.ZodType<T>, onUnreadable: ListQuery['onUnreadable']): readonly Versioned<T>[] => {
    try {
      return [read(record, schema)];
    } catch (error) {
      if (!onUnreadable) throw error;
      onUnreadable({ pk: record.pk, sk: record.sk }, error);
      return [];
    }
  };
  const list = async ({ limit, onUnreadable, ...query }: ListQuery): Promise<Result<Page<T>>> => {
    const page = await store.query({ ...query, ...(limit === undefined ? {} : { limit }) });
    if (!page.ok) return page;
    const { records, next } = page.value;
    const schema = await spec.schema();
    return succeed({ items: records.flatMap((record) => readOr(record, schema, onUnreadable)), ...(next === undefined ? {} : { next }) });
  };

  return {
    get,
    need,
    create: (value) => put(value, { absent: true }),
    replace,
    update: async (name, change) => {
      for (let tries = 0; tries < raceTries; tries++) {
        const there = await need(name);
        if (!there.ok) return there;
        const changed = change(there.value.value);
        if (!changed.ok) return changed;
        if (changed.value === there.value.value) return there;
        const written = await replace(there.value, changed.value);
        if (written.ok || written.failure.code !== 'conflict') return written;
      }
      return failed('conflict', `The ${spec.what} is being changed by others all the time; try again.`);
    },
    remove: (name, revision) => store.remove(spec.key(name), revision === undefined ? undefined : { revision }),
    list,
    async *all(query) {
      let cursor: string | undefined;
      do {
        const page = await list({ ...query, ...(cursor === undefined ? {} : { cursor }) });
        if (!page.ok) throw new Error(`cannot list: ${page.failure.say}`);
        yield* page.value.items;
        cursor = page.value.next;
      } while (cursor !== undefined);
    },
  };
};
