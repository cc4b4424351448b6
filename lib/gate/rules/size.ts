import type { DocumentSchema } from './engine.ts';

/** How large a value may be: what guard (b) knows of it before anything is computed. */
export interface Size {
  /** Elements of a list or map, characters of a text; 1 for all else. */
  readonly count: number;
  /** An element of the list, a value of the map. */
  readonly of?: Size;
  readonly isMap?: boolean;
  /** Fields of a struct. */
  readonly fields?: Readonly<Record<string, Size>>;
}

/** What is assumed of a list whose schema says nothing, and of a text. */
const assumedElements = 5_000;
const assumedCharacters = 256;

export const one: Size = { count: 1 };
const text: Size = { count: assumedCharacters };

/** Everything that is in it. */
export const deepSize = ({ count, of, fields }: Size): number =>
  fields ? Object.values(fields).reduce((sum, field) => sum + deepSize(field), 1) : Math.max(1, count) * (of ? deepSize(of) : 1);

/** Large enough for either. */
export const larger = (a: Size, b: Size): Size => ({
  count: Math.max(a.count, b.count),
  ...(a.of && b.of ? { of: larger(a.of, b.of) } : (a.of ?? b.of) ? { of: (a.of ?? b.of) as Size } : {}),
  ...((a.isMap ?? b.isMap) ? { isMap: true } : {}),
  ...(a.fields || b.fields ? { fields: largerFields(a.fields ?? {}, b.fields ?? {}) } : {}),
});

const largerFields = (a: NonNullable<Size['fields']>, b: NonNullable<Size['fields']>): NonNullable<Size['fields']> =>
  Object.fromEntries(
    Object.keys({ ...a, ...b }).map((name) => {
      const [left, right] = [a[name], b[name]];
      return [name, left && right ? larger(left, right) : ((left ?? right) as Size)];
    }),
  );

/** What a loop variable holds: maps are walked by their keys. */
export const elementOf = (size: Size): Size => (size.isMap ? text : (size.of ?? one));

/** What a field or an index gives. */
export const memberOf = (size: Size, name?: string): Size =>
  (name !== undefined && size.fields && Object.hasOwn(size.fields, name) ? size.fields[name] : undefined) ?? size.of ?? one;

const containerOf = /^(list|map)<(?:string, )?(.+)>$/;

/** The size of a value of a type; `place` is `Type.field`. */
export const sizeOfType = (schema: DocumentSchema, type: string, place = ''): Size => {
  const most = schema.most[place];
  const [, container, inner] = containerOf.exec(type) ?? [];
  if (container && inner)
    return { count: most ?? assumedElements, of: sizeOfType(schema, inner), ...(container === 'map' ? { isMap: true } : {}) };
  const fields = schema.types[type];
  if (fields)
    return {
      count: 1,
      fields: Object.fromEntries(
        Object.entries(fields).map(([name, fieldType]) => [name, sizeOfType(schema, fieldType, `${type}.${name}`)]),
      ),
    };
  return type === 'string' ? { count: most ?? assumedCharacters } : one;
};
