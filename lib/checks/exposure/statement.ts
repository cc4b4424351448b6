import type { ClusterIdentity, Slice } from '../../core/facts/index.ts';
import type { Judgement } from '../../core/finding.ts';
import type { Outcome, Severity } from '../../core/outcome.ts';
import type { ClusterView, ViewName } from '../../core/probing/index.ts';

type ViewValue<K extends ViewName> = ClusterView[K] extends Slice<infer T> ? T : never;
/** What a statement sees: the parts of the view it names, already read. */
export type SeenView<R extends ViewName> = { readonly [K in R]: ViewValue<K> } & {
  readonly cluster: ClusterIdentity;
  readonly now: string;
};

/** One statement about exposure that the API alone decides, without sending anything else. Pure. */
export interface Statement<R extends ViewName = ViewName> {
  /** `exposure/<folder>/<file>`; never changes. */
  readonly id: string;
  readonly covers: readonly [string, ...string[]];
  readonly title: string;
  readonly severity: Severity;
  readonly why: string;
  readonly repair: string;
  readonly techniques: readonly string[];
  readonly references: readonly string[];
  /** For a statement that never decides: what a person must look at. */
  readonly lookAt?: string;
  readonly reads: readonly R[];
  /** At least one judgement. */
  evaluate(seen: SeenView<R>): readonly Judgement[];
}

/** A statement whose parts no longer matter to the compiler: what lists and the runner hold. */
// biome-ignore lint/suspicious/noExplicitAny: as for AnyCheck: the runner hands each statement what it names.
export type AnyStatement = Statement<any>;

export const defineStatement = <R extends ViewName>(statement: Statement<R>): Statement<R> => statement;

/** One example that a statement must answer as stated: `given` holds the parts of the view it reads. */
export interface StatementCase<R extends ViewName = ViewName> {
  readonly name: string;
  readonly given: { readonly [K in R]: ViewValue<K> };
  readonly cluster?: Partial<ClusterIdentity>;
  /** Time of the scan; 2026-06-01 unless told otherwise. */
  readonly now?: string;
  /** Outcomes of all judgements, in any order, or the one that all have. */
  readonly expect: Outcome | readonly Outcome[];
  /** The worst severity among the judgements that speak up. */
  readonly severity?: Severity;
  /** A piece of text that the judgements must contain. */
  readonly says?: string;
  /** A piece of text that must be nowhere in them. */
  readonly hides?: string;
}

/** Ties cases to their statement, so that the compiler knows what `given` must hold. */
export const statementCasesFor = <R extends ViewName>(
  _statement: Statement<R>,
  cases: readonly StatementCase<R>[],
): readonly StatementCase<R>[] => cases;
