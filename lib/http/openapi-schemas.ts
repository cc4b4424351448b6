import { z } from 'zod';

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = { readonly [key: string]: Json };

/** zod writes calendars out as patterns of a screen's width; `format` says the same. */
const override = ({ jsonSchema }: { jsonSchema: { format?: string; pattern?: string } }): void => {
  if (jsonSchema.format === 'date-time' || jsonSchema.format === 'date') delete jsonSchema.pattern;
};

/** References to shared schemas lead to `components`. */
const relinked = (value: Json): Json => {
  if (Array.isArray(value)) return value.map(relinked);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) =>
      key === '$ref' && typeof inner === 'string' ? [key, inner.replace('#/$defs/', '#/components/schemas/')] : [key, relinked(inner)],
    ),
  );
};

/**
 * Turns zod schemas into JSON Schema (draft 2020-12, the dialect of OpenAPI 3.1) and collects those with an id.
 * All of them as they are sent, not as they are read: then one schema serves requests and answers, and answers may gain fields later.
 */
export const createSchemas = () => {
  const components: Record<string, Json> = {};
  const convert = (schema: z.ZodType): JsonObject => {
    const { $schema: _, $defs = {}, ...own } = z.toJSONSchema(schema, { io: 'input', override: override as never }) as Record<string, Json>;
    for (const [id, found] of Object.entries($defs as JsonObject)) components[id] = relinked(found);
    return relinked(own) as JsonObject;
  };
  return { convert, components: (): JsonObject => Object.fromEntries(Object.entries(components).toSorted(([a], [b]) => (a < b ? -1 : 1))) };
};
export type Schemas = ReturnType<typeof createSchemas>;
