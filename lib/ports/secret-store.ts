import type { Result } from '../core/failure.ts';

/** Kubeconfigs, webhook secrets: never in records, logs or answers. Names are `[A-Za-z0-9/_-]`, at most 200 characters. */
export interface SecretStore {
  /** Stores a text of at most 64 kB; one that is there is replaced. */
  put(name: string, secret: string): Promise<Result<void>>;
  /** `not-found` when there is none. */
  get(name: string): Promise<Result<string>>;
  /** Removes it for good; one that is gone is a success. */
  remove(name: string): Promise<Result<void>>;
}
