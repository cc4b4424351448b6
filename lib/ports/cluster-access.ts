import type { z } from 'zod';
import type { CertificateFact, TlsFact } from '../core/facts/index.ts';
import type { Result } from '../core/failure.ts';

/** Query parameters of a request; undefined ones are left out. */
export type Query = Readonly<Record<string, string | undefined>>;

export interface ListOptions {
  readonly query?: Query;
  /** Ask for metadata only (PartialObjectMetadataList): names and labels, never contents. */
  readonly metadataOnly?: boolean;
  /**
   * Called when a list had to begin again because its state expired half-way (410 Gone): forget everything `each` was given. With it, items are handed on
   * page by page and nothing is kept; without it, they are kept until the list is complete, so that `each` never sees one twice.
   */
  readonly onRestart?: () => void;
}

export interface GetOptions {
  readonly query?: Query;
  /** Media type to accept; JSON unless told otherwise. For `text/plain` the schema is given the text itself. */
  readonly accept?: string;
  /** Statuses other than 2xx whose body is an answer all the same: health endpoints name what fails with a 500. Never tried again. */
  readonly answers?: readonly number[];
}

/**
 * Reading from and, for node facts, writing to one cluster. Every answer passes a zod schema that names only the fields used: nothing else is
 * kept in memory, in evidence or in recordings. Schemas must not transform: what they let through must pass them again (a recording is replayed).
 */
export interface ClusterAccess {
  /** The API server as the user named it, e.g. `https://10.0.0.1:6443`. */
  readonly server: string;
  /** Name of the cluster in the kubeconfig. */
  readonly clusterName: string;
  /** Whether the credential is a bearer token (then it is never shown to a kubelet). */
  readonly usesToken: boolean;
  /** Reads one object. 403 is `permission-missing` with `needs`, 404 is `not-found`. */
  get<T>(path: string, schema: z.ZodType<T>, options?: GetOptions): Promise<Result<T>>;
  /**
   * Reads a whole list, page by page and from one state of the cluster, and hands each item on (see `onRestart` for when). `count` is the number of
   * items. After a failure, what `each` was given is no whole list.
   */
  list<T>(path: string, item: z.ZodType<T>, each: (item: T) => void, options?: ListOptions): Promise<Result<{ readonly count: number }>>;
  /** Reads text (pod logs). */
  text(path: string, query?: Query): Promise<Result<string>>;
  /** Creates an object. */
  create<T>(path: string, body: unknown, schema: z.ZodType<T>): Promise<Result<T>>;
  /** Deletes an object; one that is already gone is a success. */
  remove(path: string, query?: Query): Promise<Result<void>>;
  /** Number of API requests sent so far, retries included. */
  readonly requests: number;
  /** Closes connections. */
  close(): void;
}

/** How to reach one kubelet. */
export interface KubeletAddress {
  readonly node: string;
  readonly addresses: readonly string[];
  readonly port: number;
}

/**
 * Asking a kubelet directly, with a client certificate or a short-lived token of an account that may read `nodes/configz` and nothing else. The kubelet's
 * serving certificate is self-signed on stock kubeadm, so its identity is not proven and no other credential is ever sent.
 */
export interface KubeletAccess {
  get<T>(
    kubelet: KubeletAddress,
    path: string,
    schema: z.ZodType<T>,
    options?: GetOptions,
  ): Promise<Result<{ readonly value: T; readonly certificate?: CertificateFact }>>;
  /** Closes connections. */
  close(): void;
}

/** Real TLS handshakes with a server of the cluster: which of these cipher suites (IANA names) it accepts. */
export interface TlsProbe {
  probe(endpoint: { readonly host: string; readonly port: number }, suites: readonly string[]): Promise<Result<TlsFact>>;
}
