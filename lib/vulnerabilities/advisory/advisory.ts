import type { Severity } from '../../core/outcome.ts';

/** How bad an advisory says it is. */
export interface Rating {
  readonly severity: Severity;
  /** From a CVSS vector, or the database's own word. */
  readonly from: 'cvss' | 'word';
  /** Base score, 0 to 10; only from a vector. */
  readonly score?: number;
  readonly vector?: string;
}

/** One step of a range: `['introduced', '1.2.0']`. `introduced` at `0` is before every version. */
export type RangeEvent = readonly [kind: 'introduced' | 'fixed' | 'last_affected' | 'limit', version: string];

/** A package as one advisory is about it. */
export interface AffectedPackage {
  /** Without the release: `Debian`, `npm`. */
  readonly ecosystem: string;
  /** Of a distribution: `12`, `v3.22`; empty where the ecosystem has none. */
  readonly release: string;
  /** As the index keeps it, see `indexName`. */
  readonly name: string;
  /** Each range by itself; a version in one of them is affected. */
  readonly ranges: readonly (readonly RangeEvent[])[];
  /** Versions that are affected besides. */
  readonly versions: readonly string[];
  readonly rating?: Rating;
}

/** One entry of a database, reduced to what matching needs. */
export interface Advisory {
  readonly id: string;
  /** What it is about: one vulnerability by all its names, or, in a notice about an update, several. Never empty. */
  readonly vulnerabilities: readonly (readonly string[])[];
  readonly modified?: string;
  readonly published?: string;
  readonly withdrawn?: string;
  readonly rating?: Rating;
  /** At most a few addresses, the database's own page first. */
  readonly links: readonly string[];
  /** The module stream that a notice of a Red Hat family is about: `nodejs:20`. */
  readonly stream?: string;
  readonly affected: readonly AffectedPackage[];
}
