import type { Result } from '../core/failure.ts';

/** One advisory as its database writes it: a JSON document of the OSV format. */
export interface AdvisoryText {
  /** File, for sentences. */
  readonly name: string;
  readonly text: string;
}

/** A database of advisories, or a part of one, that can be read more than once. */
export interface AdvisoryCollection {
  /** For sentences. */
  readonly name: string;
  /** As of when it is, where its source says so. ISO 8601. */
  readonly dataDate?: string | undefined;
  /** Its advisories, one after the other. Throws an error whose message is a sentence when it cannot be read on. */
  texts(signal: AbortSignal): AsyncIterable<AdvisoryText>;
}

/** Where advisories are fetched from, one ecosystem at a time. */
export interface AdvisorySource {
  /** Fetches what there is of one ecosystem (`Debian`, `npm`); to be given back when it was read. */
  fetch(ecosystem: string, signal: AbortSignal): Promise<Result<AdvisoryCollection & AsyncDisposable>>;
}
