import type { Result } from '../core/failure.ts';

/** Plain data as JSON holds it. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json | undefined };

/** Where a record lies: a partition, and a place in its order. Both are text of at most 512 bytes; `sk` sorts by its UTF-8 bytes. */
export interface RecordKey {
  readonly pk: string;
  readonly sk: string;
}

/** The sparse indexes: a record without a place in one is not in it. Index reads may be a moment late; key reads never are. */
export const indexNames = ['due', 'open', 'expiring'] as const;
/** `due`: schedules by next run · `open`: scans that have not ended · `expiring`: waivers, tokens and credentials by the day somebody must be warned. */
export type IndexName = (typeof indexNames)[number];

/** One stored record. Small (a record is at most 300 kB of JSON): findings, facts and reports are objects, a record holds their keys. */
export interface StoredRecord extends RecordKey {
  /** 1 when created, one more with every change; what compare-and-set compares. */
  readonly revision: number;
  /** Seconds since 1970 after which it is as good as gone: no read shows it any more, and it may be put again as if it were absent. */
  readonly expiresAt?: number | undefined;
  /** Its place in the sparse indexes. */
  readonly indexes?: Partial<Readonly<Record<IndexName, RecordKey>>> | undefined;
  readonly data: Readonly<Record<string, Json | undefined>>;
}

/** A record as it is to be: the store counts the revision. */
export type NewRecord = Omit<StoredRecord, 'revision'>;

/** What must be so for a write to happen. `absent`: there is none (or an expired one). `revision`: it is there, unchanged since it was read. */
export type Expectation = { readonly absent: true } | { readonly revision: number };

export interface RecordQuery {
  readonly pk: string;
  /** Reads an index instead of the keys; `pk` and `sk` are then those of the index. */
  readonly index?: IndexName;
  /** Only `sk` that begin with it. */
  readonly prefix?: string;
  /** Only `sk` from it on (inclusive). */
  readonly from?: string;
  /** Only `sk` up to it (inclusive). */
  readonly to?: string;
  /** Default `ascending`. */
  readonly order?: 'ascending' | 'descending';
  /** Records per page, 1–1000; default 100. */
  readonly limit?: number;
  /** `next` of the page before: opaque, good for this very query only. */
  readonly cursor?: string | undefined;
}

export interface RecordPage {
  readonly records: readonly StoredRecord[];
  /** Cursor of the next page; absent at the end. A page may be short, even empty, and not be the last. */
  readonly next?: string;
}

/**
 * Records with compare-and-set, sparse indexes, cursor paging and expiry. Every invariant lives in one record, so there are no transactions. Reads by key and queries without an index are
 * strongly consistent. A write whose expectation does not hold is the failure `conflict`; a cursor that is none of this query is `input-invalid`; a record too large is `input-invalid`.
 */
export interface RecordStore {
  get(key: RecordKey): Promise<StoredRecord | undefined>;
  /** Writes one record and answers it with its new revision. There is no blind write. */
  put(record: NewRecord, expected: Expectation): Promise<Result<StoredRecord>>;
  /** Removes one record; one that is not there (any more) is a success, unless a revision is expected. */
  remove(key: RecordKey, expected?: { readonly revision: number }): Promise<Result<void>>;
  query(query: RecordQuery): Promise<Result<RecordPage>>;
}
