import type { ClusterIdentity } from '../../core/facts/index.ts';
import type { ConformanceMode, Selection } from './modes.ts';

/** One test that ran. */
export interface SuiteTest {
  /** Full name, as the suite writes it, without `[It] `. */
  readonly name: string;
  readonly hasPassed: boolean;
  readonly seconds: number;
  /** What a failed test said, cut. */
  readonly output?: string;
}

/** How far a run is, told from the suite's own output while it runs. */
export interface SuiteProgress {
  /** Tests chosen to run; undefined until the suite has said so. */
  readonly selected?: number;
  readonly passed: number;
  readonly failed: number;
  /** Those that failed so far, at most 200, with what they said. */
  readonly failures: readonly { readonly name: string; readonly output: string }[];
  /** Id that the suite gave the run: its namespaces are labelled with it. */
  readonly runId?: string;
}

/** An object without a namespace, or a trace on a node, that came while the suite ran and is still there. */
export interface Leftover {
  readonly kind: string;
  readonly name: string;
  /** What was left on a node: a label, a taint, a cordon. */
  readonly what?: string;
}

/** A file of the suite, gzipped and in base64: facts are JSON. */
export type PackedFile = string;

/** Everything a conformance scan observed. */
export interface ConformanceFacts {
  readonly cluster: ClusterIdentity;
  readonly mode: ConformanceMode;
  readonly selection: Selection;
  readonly image: string;
  readonly nodes: readonly { readonly name: string; readonly role: string; readonly kubeletVersion: string; readonly osImage: string }[];
  /** When the pod was started, by our clock. */
  readonly startedAt: string;
  /** Seconds from then on until its end was seen, or what the suite says itself. */
  readonly seconds: number;
  /** What was noticed before the start, as sentences. */
  readonly notes: readonly string[];
  /** Set when the run was cut off: then `tests` holds failures only, because a passed test is a dot without a name. */
  readonly cut?: { readonly state: 'failed' | 'timed-out'; readonly why: string };
  readonly tests: readonly SuiteTest[];
  /** Parts of the suite that are no tests and failed. */
  readonly setUp: readonly { readonly name: string; readonly output: string }[];
  readonly passed: number;
  readonly failed: number;
  /** Tests of the suite that were not chosen, or skipped themselves. */
  readonly skipped: number;
  /** Tests chosen to run, as far as the suite said. */
  readonly selected?: number;
  /** Ids of the tests, by name; made over all names of the suite, so that they do not depend on what was chosen. */
  readonly ids: Readonly<Record<string, string>>;
  readonly leftovers: readonly Leftover[];
  readonly files: { readonly log?: PackedFile; readonly junit?: PackedFile };
}
