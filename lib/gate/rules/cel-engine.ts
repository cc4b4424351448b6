import { Environment, type ParseResult } from '@marcbachmann/cel-js';
import { failed, type Result, succeed } from '../../core/failure.ts';
import { registerFunctions } from './cel-functions.ts';
import { type Estimate, estimate, TooCostly } from './cost.ts';
import type { CompiledRule, DocumentSchema, KnownVariable, Rule, RuleEngine, RuleInput, SourceRange } from './engine.ts';
import { type Guard, longestSource, parseLimits } from './guards.ts';
import { useSafePatterns } from './regular-expression.ts';
import { one, sizeOfType } from './size.ts';
import { makeConverter, structClasses } from './to-cel.ts';

type Variables = Readonly<Record<string, KnownVariable>>;

/** As the library names our types. */
const celType = (type: string): string => type.replaceAll(/\btimestamp\b/g, 'google.protobuf.Timestamp');

/** A schema made ready for the library. */
interface Prepared {
  readonly environment: Environment;
  readonly convert: (input: RuleInput) => Record<string, unknown>;
  readonly schema: DocumentSchema;
}

const prepare = (schema: DocumentSchema, isLimited: boolean): Prepared => {
  const environment = registerFunctions(new Environment(isLimited ? { limits: parseLimits } : {}));
  const classes = structClasses(schema);
  // a type must be known before a field names it
  const registered = new Set<string>();
  const register = (name: string): void => {
    const fields = schema.types[name];
    if (!fields || registered.has(name)) return;
    registered.add(name);
    for (const type of Object.values(fields)) for (const [part] of type.matchAll(/\w+/g)) register(part);
    environment.registerType(name, {
      ctor: classes[name] as unknown as new () => object,
      fields: Object.fromEntries(Object.entries(fields).map(([field, type]) => [field, celType(type)])),
    });
  };
  for (const name of Object.keys(schema.types)) register(name);
  for (const [name, type] of Object.entries(schema.variables)) environment.registerVariable(name, celType(type));
  const converter = makeConverter(schema, classes);
  // several rules are asked of one document
  const converted = new WeakMap<RuleInput, Record<string, unknown>>();
  const convert = (input: RuleInput): Record<string, unknown> => {
    const known = converted.get(input);
    if (known) return known;
    const made = Object.fromEntries(
      Object.entries(schema.variables).flatMap(([name, type]) => (input[name] === undefined ? [] : [[name, converter(type)(input[name])]])),
    );
    converted.set(input, made);
    return made;
  };
  return { environment, convert, schema };
};

/** The named expressions as a struct whose fields are computed when they are read. */
class VariableValues {}

const withVariables = (environment: Environment, variables: Variables): Environment =>
  Object.keys(variables).length === 0
    ? environment
    : environment
        .clone()
        .registerType('Variables', {
          ctor: VariableValues,
          fields: Object.fromEntries(Object.entries(variables).map(([name, { type }]) => [name, type])),
        })
        .registerVariable('variables', 'Variables');

/** Thrown through the library by a variable that cannot be computed. */
class VariableFailed extends Error {}

const lazyValues = (values: Readonly<Record<string, () => Result<unknown>>>): VariableValues => {
  const made = new VariableValues();
  for (const [name, ask] of Object.entries(values))
    Object.defineProperty(made, name, {
      enumerable: true,
      get: () => {
        const answer = ask();
        if (answer.ok) return answer.value;
        throw new VariableFailed(`variables.${name}: ${answer.failure.say}`);
      },
    });
  return made;
};

interface Said {
  readonly say: string;
  readonly at?: SourceRange;
}
/** What the library or a function of ours threw, in one sentence without the library's own drawing. */
const saidOf = (error: unknown): Said => {
  const { summary, message, range, at } = (error ?? {}) as {
    summary?: string;
    message?: string;
    range?: SourceRange;
    at?: SourceRange;
  };
  const say = (summary ?? message ?? String(error)).split('\n')[0] ?? '';
  const place = at ?? range;
  return { say: say.endsWith('.') ? say : `${say}.`, ...(place ? { at: place } : {}) };
};

const refused = ({ say, at }: Said): CompiledRule => ({ ok: false, failure: { code: 'input-invalid', say, ...(at ? { at } : {}) } });

/** Reads and checks; throws what is wrong with the source. */
const read = (source: string, prepared: Prepared, variables: Variables, without: ReadonlySet<Guard>) => {
  if (!without.has('parse') && source.length > longestSource)
    throw new TooCostly(`An expression has at most ${longestSource} characters`, { start: longestSource, end: source.length });
  const parsed = withVariables(prepared.environment, variables).parse(source);
  if (!without.has('patterns')) useSafePatterns(parsed.ast);
  const { schema } = prepared;
  const names = new Map(Object.entries(schema.variables).map(([name, type]) => [name, sizeOfType(schema, type)]));
  names.set('variables', { count: 1, fields: Object.fromEntries(Object.entries(variables).map(([name, { size }]) => [name, size])) });
  const found: Estimate = without.has('cost') ? { cost: 0, size: one } : estimate(parsed.ast, names);
  const checked = parsed.check();
  if (!checked.valid) throw checked.error;
  return { parsed, found, type: checked.type ?? 'dyn' };
};

const evaluate =
  (parsed: ParseResult, prepared: Prepared): Rule['evaluate'] =>
  (input, values = {}) => {
    try {
      const answer: unknown = parsed({ ...prepared.convert(input), variables: lazyValues(values) });
      // no function of ours waits for anything: a promise would be taken for true by a careless reader
      return answer instanceof Promise ? failed('input-invalid', 'The expression has no value at once.') : succeed(answer);
    } catch (error) {
      return failed('input-invalid', saidOf(error).say);
    }
  };

/**
 * Rules in CEL, computed by cel-js behind three guards: limits of what is read (a), a cost that is known before anything is computed (b), and regular expressions on RE2 (c). The fourth, a thread with a deadline,
 * stands around it: lib/adapters/rules. `without` leaves guards out, for the tests that see each one alone stop its expression.
 */
export const makeCelEngine = (without: readonly Guard[] = []): RuleEngine => {
  const off = new Set(without);
  const schemas = new WeakMap<DocumentSchema, Prepared>();
  return {
    compile(source, schema, variables = {}) {
      const prepared = schemas.get(schema) ?? prepare(schema, !off.has('parse'));
      schemas.set(schema, prepared);
      try {
        const { parsed, found, type } = read(source, prepared, variables, off);
        return { ok: true, value: { type, ...found, evaluate: evaluate(parsed, prepared) } };
      } catch (error) {
        return refused(saidOf(error));
      }
    },
  };
};
