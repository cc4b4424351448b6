import type { Result } from '../core/failure.ts';

/** A file of stored evidence; paths are relative to where the source begins, with `/`. */
export interface EvidenceFile {
  readonly path: string;
  /** Bytes. */
  readonly size: number;
}

/** Stored evidence that somebody wants to verify: a downloaded folder, or a prefix of the evidence store. Nothing is ever written. */
export interface EvidenceSource {
  /** All files at any depth, in the order of their paths. Anything that is no ordinary file is a failure: evidence has none. */
  list(): Promise<Result<readonly EvidenceFile[]>>;
  /** The first bytes of a small file, `most` at most. */
  read(path: string, most: number): Promise<Result<Uint8Array>>;
  /** SHA-256 (hex) and size of all bytes of a file. */
  digest(path: string): Promise<Result<{ readonly sha256: string; readonly size: number }>>;
}
