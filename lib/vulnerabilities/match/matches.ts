import type { Severity } from '../../core/outcome.ts';
import type { FoundPackage } from '../../core/sbom/index.ts';
import type { VexMark } from '../vex/statement.ts';

/** How likely exploitation is within 30 days, by FIRST's model. */
export interface Epss {
  /** 0 to 1. */
  readonly probability: number;
  /** Share of all CVEs that are no likelier. */
  readonly percentile: number;
}

/** CISA knows that it is exploited. */
export interface KnownExploited {
  readonly since: string;
  /** By when agencies of the United States must have mended it. */
  readonly due?: string;
  readonly ransomware: boolean;
}

/** One vulnerability in one package. */
export interface VulnerabilityMatch {
  readonly package: FoundPackage;
  /** The CVE where there is one. */
  readonly id: string;
  /** Every other name of it, sorted. */
  readonly aliases: readonly string[];
  /** The advisories that say so, sorted. */
  readonly advisories: readonly string[];
  /** With the release: `Debian:12`. */
  readonly ecosystem: string;
  readonly severity: Severity;
  /** Nobody rated it; `severity` is a guess in the middle. */
  readonly unscored: boolean;
  readonly score?: number;
  readonly vector?: string;
  /** From the lowest: for each advisory the first version above the installed one that is not affected. Empty while nobody has a fix. */
  readonly fixedVersions: readonly string[];
  readonly published?: string;
  readonly modified?: string;
  /** NVD's page first where it has one. */
  readonly links: readonly string[];
  readonly epss?: Epss;
  readonly exploited?: KnownExploited;
  /** What somebody who knows the software says of it here. */
  readonly vex?: VexMark;
}

/** Advisories for a package whose version cannot be compared with theirs: vulnerable or not, nobody can say. */
export interface Undecided {
  readonly package: FoundPackage;
  readonly ecosystem: string;
  readonly advisories: readonly string[];
  readonly reason: string;
}

/** Packages that no advisory data speaks of: unknown, never clean. */
export interface NotMatched {
  /** `Debian:13`, or what the image says it is. */
  readonly ecosystem: string;
  /** Goes on after "…, because". */
  readonly reason: string;
  readonly packages: number;
}

/** Packages that were matched, and how old the data is. */
export interface MatchedEcosystem {
  readonly ecosystem: string;
  readonly packages: number;
  readonly dataDate: string | null;
}

/** What an image's packages are vulnerable to. Sorted, so that the same inventory and data give the same bytes. */
export interface Matches {
  readonly matches: readonly VulnerabilityMatch[];
  readonly undecided: readonly Undecided[];
  readonly notMatched: readonly NotMatched[];
  readonly matched: readonly MatchedEcosystem[];
  /** Dates of the optional data; absent where there is none. */
  readonly epssDate?: string;
  readonly exploitedDate?: string;
}
