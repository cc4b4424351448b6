import { textOfPattern } from './text-of-pattern.ts';

export type Schema = { readonly [key: string]: unknown };

/** Chance that comes out the same for the same seed. */
export const createRandom = (seed: number) => {
  let state = seed >>> 0;
  const next = (): number => {
    // mulberry32
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (count: number): number => Math.floor(next() * count);
  return { next, below, chance: (share: number) => next() < share, pick: <T>(from: readonly T[]): T => from[below(from.length)] as T };
};
export type Random = ReturnType<typeof createRandom>;

/** Values that are wrong nearly everywhere. */
export const junk: readonly unknown[] = [
  null,
  true,
  false,
  0,
  -1,
  1.5,
  1e308,
  '',
  ' ',
  '\u202e',
  'x'.repeat(5000),
  '../../etc/passwd',
  '%00',
  '{{7*7}}',
  '<script>',
  "' OR 1=1 --",
  '🦀',
  [],
  [[]],
  {},
  { a: 1 },
  ['a', null],
  '2026-13-45T99:99:99Z',
  'NaN',
  '__proto__',
];

const textOf = (schema: Schema, random: Random): string => {
  if (schema.format === 'date-time') return `2026-0${1 + random.below(9)}-1${random.below(9)}T0${random.below(9)}:00:00.000Z`;
  if (schema.format === 'date') return `2027-0${1 + random.below(9)}-1${random.below(9)}`;
  if (schema.format === 'uri') return `https://host-${random.below(99)}.example/path`;
  if (typeof schema.pattern === 'string') return textOfPattern(schema.pattern, random).slice(0, Number(schema.maxLength ?? 5000));
  const least = Number(schema.minLength ?? 0);
  return textOfPattern('[a-z ]{3,20}', random)
    .padEnd(least, 'x')
    .slice(0, Math.max(least, Number(schema.maxLength ?? 20)));
};

const numberOf = (schema: Schema, random: Random): number => {
  const least = Number(schema.minimum ?? schema.exclusiveMinimum ?? 0);
  const most = Number(schema.maximum ?? least + 1000);
  return least + random.below(Math.min(most - least, 1_000_000) + 1);
};

/** Forms that a field has by its rules, which JSON Schema does not tell. */
const withForm = (name: string, schema: Schema): Schema =>
  name === 'url' && schema.type === 'string' ? { ...schema, format: 'uri' } : schema;

/** Makes values that fit a schema of the document. What JSON Schema cannot say (either this or that) may still be wrong. */
export const createValues = (components: Readonly<Record<string, Schema>>, random: Random) => {
  const objectOf = (schema: Schema, depth: number): Record<string, unknown> => {
    const properties = (schema.properties ?? {}) as Record<string, Schema>;
    const required = (schema.required ?? []) as readonly string[];
    const wanted = Object.keys(properties).filter((name) => required.includes(name) || random.chance(depth > 5 ? 0.1 : 0.5));
    const own = Object.fromEntries(wanted.map((name) => [name, make(withForm(name, properties[name] ?? {}), depth + 1)]));
    const { propertyNames, additionalProperties } = schema as { propertyNames?: Schema; additionalProperties?: Schema | false };
    if (propertyNames === undefined || !additionalProperties) return own;
    return { ...own, [String(make(propertyNames, depth + 1))]: make(additionalProperties, depth + 1) };
  };
  const arrayOf = (schema: Schema, depth: number): unknown[] => {
    const least = Number(schema.minItems ?? 0);
    const most = Math.min(Number(schema.maxItems ?? 2), least + 2);
    return Array.from({ length: least + random.below(most - least + 1) }, () => make((schema.items ?? {}) as Schema, depth + 1));
  };
  const make = (schema: Schema, depth = 0): unknown => {
    if (typeof schema.$ref === 'string') return make(components[schema.$ref.replace(/^.*\//, '')] ?? {}, depth);
    const choices = (schema.anyOf ?? schema.oneOf) as readonly Schema[] | undefined;
    if (choices) return make(random.pick(choices), depth);
    if (Array.isArray(schema.allOf)) return Object.assign({}, ...schema.allOf.map((one: Schema) => make(one, depth)));
    if ('const' in schema) return schema.const;
    if (Array.isArray(schema.enum)) return random.pick(schema.enum);
    const type = Array.isArray(schema.type) ? random.pick(schema.type) : schema.type;
    if (type === 'string') return textOf(schema, random);
    if (type === 'integer' || type === 'number') return numberOf(schema, random);
    if (type === 'boolean') return random.chance(0.5);
    if (type === 'array') return arrayOf(schema, depth);
    if (type === 'null') return null;
    return objectOf(schema, depth);
  };
  return make;
};
export type ValueOf = ReturnType<typeof createValues>;

/** The same value with one thing in it wrong. */
export const spoiled = (value: unknown, random: Random): unknown => {
  if (random.chance(0.25) || typeof value !== 'object' || value === null) return random.pick(junk);
  if (Array.isArray(value))
    return value.length === 0 || random.chance(0.2)
      ? [...value, random.pick(junk)]
      : value.map((one, at) => (at === 0 ? spoiled(one, random) : one));
  const names = Object.keys(value);
  const name = names.length === 0 || random.chance(0.2) ? `extra${random.below(9)}` : random.pick(names);
  const { [name]: old, ...rest } = value as Record<string, unknown>;
  return random.chance(0.3) ? rest : { ...rest, [name]: spoiled(old, random) };
};
