import type { FileAnalysis } from '../core/sbom/index.ts';

/** What a file says of packages; nothing where it says nothing. A file that should say something and cannot be read gives `unreadable`. */
export type FileFindings = Omit<FileAnalysis, 'path' | 'cataloger'>;

/** A file of a layer, before its bytes. */
export interface FileHead {
  /** In the image, without a leading slash, `.` and `..` resolved. */
  readonly path: string;
  readonly size: number;
  /** Permission bits. */
  readonly mode: number;
}

/**
 * Reads one kind of file whole: a database of packages, a manifest. Never throws for what a file can hold: hostile input gives `unreadable`. Bounded in time (linear in the bytes) and memory.
 */
export interface FileCataloger {
  /** Short name: `dpkg`, `npm`. */
  readonly id: string;
  /** Files longer than this are not read but `unreadable`. Bytes. */
  readonly mostBytes: number;
  /** By name alone; cheap, because it is asked for every file of a layer. */
  wants(head: FileHead): boolean;
  read(head: FileHead, bytes: Uint8Array): FileFindings | undefined | Promise<FileFindings | undefined>;
}

/** Reads large files while they flow, and keeps only what it needs: programs. */
export interface StreamCataloger {
  readonly id: string;
  /** By the first bytes (up to 512). */
  wants(head: FileHead, beginning: Uint8Array): boolean;
  open(head: FileHead): { push(chunk: Uint8Array): void; end(): FileFindings | undefined };
}
