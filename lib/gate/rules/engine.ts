import type { Failure, Result } from '../../core/failure.ts';
import type { Size } from './size.ts';

/**
 * What rules may read: variables by name and type, and the fields of the types. Types are written as CEL writes them: `string`, `bool`, `int`, `double`, `timestamp`, `list<T>`,
 * `map<string, T>` and names of `types`. A field may be absent in a document: reading it is an error then, and `has()` tells.
 */
export interface DocumentSchema {
  readonly types: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly variables: Readonly<Record<string, string>>;
  /** Elements or characters a field holds at most, as `Type.field`; guard (b) counts with them. */
  readonly most: Readonly<Record<string, number>>;
}

/** Where in a source text, in UTF-16 units. */
export interface SourceRange {
  readonly start: number;
  readonly end: number;
}

/** Why a source is no rule, and where. */
export type RuleFailure = Failure & { readonly at?: SourceRange };

/** What a named expression is known to be, without computing it. */
export interface KnownVariable {
  readonly type: string;
  readonly size: Size;
}

/** An expression that can be computed. */
export interface Rule extends KnownVariable {
  /** Steps it takes at most, by guard (b). */
  readonly cost: number;
  /** Computes it. `variables` are asked when the expression reads them, and not before. Never throws: what cannot be computed is a failure. */
  evaluate(input: RuleInput, variables?: Readonly<Record<string, () => Result<unknown>>>): Result<unknown>;
}

/** Values of the variables of the schema, as plain JSON. */
export type RuleInput = Readonly<Record<string, unknown>>;

export type CompiledRule = { readonly ok: true; readonly value: Rule } | { readonly ok: false; readonly failure: RuleFailure };

/** The language of rules, whatever library speaks it. */
export interface RuleEngine {
  /** Reads, checks the types against the schema and applies the guards. `variables` are what `variables.<name>` may name. */
  compile(source: string, schema: DocumentSchema, variables?: Readonly<Record<string, KnownVariable>>): CompiledRule;
}
