import { constants, inflateSync } from 'node:zlib';
import type { SoftwarePackage } from '../../core/sbom/index.ts';
import type { FileFindings, StreamCataloger } from '../cataloger.ts';
import { deflateStartBytes, mayBeginPackedList } from './deflate-start.ts';
import { isProgram } from './magic.ts';

/** One per level of compression, without a dictionary. */
const zlibHeaders = [0x01, 0x5e, 0x9c, 0xda].map((level) => Buffer.from([0x78, level]));
/** Enough packed bytes to see how the text begins. */
const tasteBytes = 1024;
const listBegin = '{"packages":[';
const longestPacked = 1024 * 1024;
const longestList = 16 * 1024 * 1024;
const noBytes: Buffer = Buffer.alloc(0);

const beginsList = (bytes: Buffer): boolean => {
  try {
    const text = inflateSync(bytes.subarray(0, tasteBytes), { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: longestList });
    return text.toString('latin1', 0, listBegin.length) === listBegin;
  } catch {
    return false;
  }
};

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** Crates that are in the program; those that only helped to build it are not. */
const packageOf = (entry: unknown): SoftwarePackage[] => {
  if (!isRecord(entry)) return [];
  const { name, version, kind, root } = entry;
  if (typeof name !== 'string' || typeof version !== 'string' || name === '' || version === '' || kind === 'build') return [];
  return [{ type: 'cargo', name, version, ...(root === true ? { main: true as const } : {}) }];
};

const readList = (packed: Buffer): FileFindings => {
  try {
    const list: unknown = JSON.parse(inflateSync(packed, { maxOutputLength: longestList }).toString('utf8'));
    if (isRecord(list) && Array.isArray(list.packages)) return { packages: list.packages.flatMap(packageOf) };
  } catch {
    // said below
  }
  return { unreadable: 'its list of Rust crates is damaged' };
};

/**
 * Programs built with cargo-auditable hold their crates as packed JSON in a section of its own. The table of sections stands at the
 * end of a file, after that section has flowed by: the list is known by how it begins.
 */
class RustReader {
  /** Bytes that may be the beginning of the list; once it has begun, the list. */
  #rest = noBytes;
  #hasBegun = false;
  #isFull = false;

  push(chunk: Uint8Array): void {
    if (this.#isFull) return;
    const bytes = Buffer.concat([this.#rest, chunk]);
    const from = this.#hasBegun ? 0 : this.#find(bytes, false);
    this.#rest = Buffer.from(bytes.subarray(from));
    this.#isFull = this.#hasBegun && this.#rest.length > longestPacked;
  }

  end(): FileFindings | undefined {
    if (!this.#hasBegun) this.#rest = this.#rest.subarray(this.#find(this.#rest, true));
    return this.#hasBegun ? readList(this.#rest) : undefined;
  }

  /** Where the list begins, or from where on it still may. */
  #find(bytes: Buffer, isLast: boolean): number {
    let open = isLast ? bytes.length : Math.max(0, bytes.length - 1);
    for (const header of zlibHeaders)
      for (let at = bytes.indexOf(header); at >= 0; at = bytes.indexOf(header, at + 1)) {
        const left = isLast ? tasteBytes : bytes.length - at;
        if (left < deflateStartBytes) open = Math.min(open, at);
        else if (!mayBeginPackedList(bytes, at + 2)) continue;
        else if (left < tasteBytes) open = Math.min(open, at);
        else if (beginsList(bytes.subarray(at))) {
          this.#hasBegun = true;
          return at;
        }
      }
    return open;
  }
}

/** Crates of Rust programs that were built with cargo-auditable. */
export const rustPrograms: StreamCataloger = {
  id: 'rust',
  wants: (_, beginning) => isProgram(beginning),
  open: () => new RustReader(),
};
