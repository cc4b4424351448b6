import { toDate } from '../../core/time.ts';
import type { DocumentSchema } from './engine.ts';

// Plain JSON into what the library computes with, by the declared type: whole numbers become BigInt, times dates, and each struct an object of the class of its type, by which the library knows
// it. What the schema does not name is left out; what is undefined stays absent.

// a class of its own for each type, made at run time
export type StructClass = new (fields: Record<string, unknown>) => object;

const makeClass = (): StructClass =>
  class {
    constructor(fields: Record<string, unknown>) {
      Object.assign(this, fields);
    }
  };

export type StructClasses = Readonly<Record<string, StructClass>>;
export const structClasses = (schema: DocumentSchema): StructClasses =>
  Object.fromEntries(Object.keys(schema.types).map((name) => [name, makeClass()]));

type Convert = (value: unknown) => unknown;

const scalars: Readonly<Record<string, Convert>> = {
  int: (value) => BigInt(Math.trunc(Number(value))),
  double: Number,
  string: String,
  bool: Boolean,
  timestamp: (value) => toDate(String(value)),
};

const containerOf = /^(list|map)<(?:string, )?(.+)>$/;

/** Converters of all types of a schema, made once. */
export const makeConverter = (schema: DocumentSchema, classes: StructClasses): ((type: string) => Convert) => {
  const made = new Map<string, Convert>();
  const entriesOf = (value: unknown, convert: (name: string) => Convert | undefined): Record<string, unknown> =>
    // fromEntries defines fields and sets none, so a key named __proto__ is a key
    Object.fromEntries(
      Object.entries(value as object).flatMap(([name, field]) => {
        const to = field === undefined ? undefined : convert(name);
        return to ? [[name, to(field)]] : [];
      }),
    );
  const build = (type: string): Convert => {
    const scalar = scalars[type];
    if (scalar) return scalar;
    const [, container, inner = ''] = containerOf.exec(type) ?? [];
    if (container === 'list') return (value) => (value as readonly unknown[]).map(converter(inner));
    if (container === 'map') return (value) => entriesOf(value, () => converter(inner));
    const fields = schema.types[type];
    const Struct = classes[type];
    if (!fields || !Struct) throw new Error(`the schema names no type ${type}`);
    return (value) =>
      new Struct(
        entriesOf(value, (name) => {
          const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
          return field === undefined ? undefined : converter(field);
        }),
      );
  };
  const converter = (type: string): Convert => {
    const known = made.get(type);
    if (known) return known;
    const fresh = build(type);
    made.set(type, fresh);
    return fresh;
  };
  return converter;
};
