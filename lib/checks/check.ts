import type { ClusterIdentity, ConfigurationFacts, FactName, FactValue } from '../core/facts/index.ts';
import type { Evidence, Judgement, Subject } from '../core/finding.ts';
import type { Outcome, Severity } from '../core/outcome.ts';

/** What a check may see: the slices it reads, already read, and those it can do without, as they are. */
export type Seen<R extends FactName, M extends FactName> = { readonly [K in R]: FactValue<K> } & {
  readonly [K in M]: ConfigurationFacts[K];
} & {
  readonly cluster: ClusterIdentity;
};

/**
 * A statement that should hold. Pure: it sees the slices it names and nothing else, and answers at least one judgement.
 * `R` are slices without which it cannot judge (the runner answers `unknown` with the reason); `M` are slices it looks at if they are there.
 */
export interface Check<R extends FactName = FactName, M extends FactName = FactName> {
  /** `<folder>/<file>`, e.g. `api-server/profiling`. Never a benchmark number; never changes. */
  readonly id: string;
  /** What holds when it passes, in one line. */
  readonly title: string;
  readonly severity: Severity;
  readonly reads: readonly R[];
  readonly mayRead: readonly M[];
  /** Why it matters, as a sentence. */
  readonly why: string;
  /** How to repair it, as a sentence. */
  readonly repair: string;
  /** For a check that collects facts for a person and never decides: what the person must look at, as a sentence. */
  readonly lookAt?: string;
  evaluate(seen: Seen<R, M>): readonly Judgement[];
}

/** A check whose slices no longer matter to the compiler: what lists and the runner hold. */
// biome-ignore lint/suspicious/noExplicitAny: a list of checks over different slices has no common parameter type; the runner hands each check what it names.
export type AnyCheck = Check<any, any>;

type Definition<R extends FactName, M extends FactName> = Omit<Check<R, M>, 'mayRead'> & { readonly mayRead?: readonly M[] };

/** Defines a check over named slices of the facts. */
export const defineCheck = <R extends FactName, M extends FactName = never>(definition: Definition<R, M>): Check<R, M> => ({
  mayRead: [],
  ...definition,
});

/** Makes the constructor of one outcome: `pass(subject, message, ...evidence)`. */
const judgement =
  (outcome: Outcome) =>
  (subject: Subject, message: string, ...evidence: readonly Evidence[]): Judgement => ({ subject, outcome, message, evidence });

export const pass = judgement('pass');
export const fail = judgement('fail');
export const unknown = judgement('unknown');
export const manual = judgement('manual');
export const notApplicable = judgement('not-applicable');

/** The cluster as a subject, for statements about the whole of it. */
export const clusterSubject = (cluster: ClusterIdentity): Subject => ({ kind: 'Cluster', name: cluster.name });

/**
 * One example that a check must answer as stated. `given` holds the slices it reads (their values) and, for slices it may read, the slice itself;
 * `expect` is the outcome of every judgement, or of each in turn.
 */
export interface Case<R extends FactName = FactName, M extends FactName = FactName> {
  readonly name: string;
  readonly given: Omit<Seen<R, M>, 'cluster'> & { readonly cluster?: ClusterIdentity };
  readonly expect: Outcome | readonly Outcome[];
  /** A piece of text that a message or a piece of evidence must contain: proof that the right thing was seen. */
  readonly says?: string;
}

/** Ties cases to their check, so that the compiler knows what `given` must hold. */
export const casesFor = <R extends FactName, M extends FactName>(
  _check: Check<R, M>,
  cases: readonly Case<R, M>[],
): readonly Case<R, M>[] => cases;
