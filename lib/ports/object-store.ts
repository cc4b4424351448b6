import type { Result } from '../core/failure.ts';

/** A stored object: immutable, named by key *and* version, because a lock forbids to delete a version and not to add a newer one. */
export interface StoredObject {
  /** Readable path, e.g. `projects/p1/clusters/c1/scans/configuration/20261127T000000Z-ab12/report.json`. */
  readonly key: string;
  readonly versionId: string;
  /** SHA-256 of the bytes, lower-case hex. */
  readonly sha256: string;
  /** Bytes. */
  readonly size: number;
  readonly contentType: string;
}

export interface PutOptions {
  readonly contentType: string;
  /** ISO time until which nobody may delete it (S3 Object Lock; a read-only file on one machine). */
  readonly retainUntil?: string | undefined;
}

export interface DownloadOptions {
  /** Name under which a browser saves it. */
  readonly fileName: string;
  /** How long the link is good, 1–300 seconds. */
  readonly seconds: number;
}

/**
 * Evidence: objects that are written once. Keys are path segments of `[A-Za-z0-9._=-]` joined by `/`; anything else is the failure `input-invalid` (so no `..` and no leading `/`).
 */
export interface ObjectStore {
  /**
   * Writes a whole object if there is none of this key. When there already is one with the same bytes, that one is answered (a repeated step is harmless); with other bytes it is the failure `conflict`.
   */
  putIfAbsent(key: string, body: Uint8Array, options: PutOptions): Promise<Result<StoredObject>>;
  /** Reads the bytes of one version and proves them against `sha256` when it is given (`answer-invalid` when they differ); `not-found` when there is none. Without a version: the only one, or the newest. */
  get(
    key: string,
    version?: { readonly versionId?: string; readonly sha256?: string },
  ): Promise<Result<{ readonly object: StoredObject; readonly body: Uint8Array }>>;
  /** Objects whose keys begin with `prefix`, in the order of their keys, newest version of each. */
  list(
    prefix: string,
    cursor?: string,
  ): Promise<Result<{ readonly objects: readonly Pick<StoredObject, 'key' | 'size' | 'versionId'>[]; readonly next?: string }>>;
  /** A URL from which that version can be read for a short time without a credential. */
  temporaryUrl(object: Pick<StoredObject, 'key' | 'versionId'>, options: DownloadOptions): Promise<Result<string>>;
  /** Deletes one version; `permission-missing` while it is retained; one that is gone is a success. */
  remove(object: Pick<StoredObject, 'key' | 'versionId'>): Promise<Result<void>>;
}
