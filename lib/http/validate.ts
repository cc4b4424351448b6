import type { z } from 'zod';
import type { Problem } from '../api/problem.ts';
import { before, type Part } from './exchange.ts';
import { readQuery } from './query.ts';
import { Refusal } from './refusal.ts';

type Errors = NonNullable<Problem['errors']>;
const most = 20;

const pointer = (path: readonly PropertyKey[]): string =>
  path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

/** Reads one part of the request by its schema. Messages are zod's own, which name types and bounds but never the value. */
const readPart = (schema: z.ZodType | undefined, given: unknown, at: (path: readonly PropertyKey[]) => string, errors: Errors): unknown => {
  if (!schema) return undefined;
  const read = schema.safeParse(given);
  if (read.success) return read.data;
  for (const { path, message } of read.error.issues) errors.push({ at: at(path), message: message.slice(0, 300) });
  return undefined;
};
const named = (path: readonly PropertyKey[]): string => path.map(String).join('.');

/** Parameters, query and body by the schemas of the route. */
export const validate: Part = before(async (exchange, event) => {
  const { route } = exchange;
  const schemas = await route.schemas();
  exchange.schemas = schemas;
  const errors: Errors = [];
  const query = readQuery(event.rawQueryString ?? '');
  const surplus = route.query ? [] : Object.keys(query);
  for (const name of surplus) errors.push({ at: name.slice(0, 100), message: 'this operation has no such parameter' });
  exchange.params = readPart(schemas.params, { ...event.pathParameters }, named, errors);
  exchange.query = readPart(schemas.query, query, named, errors);
  exchange.body = readPart(schemas.body, event.body, pointer, errors);
  if (errors.length === 0) return;
  const [first] = errors;
  const where = first?.at ? ` at ${first.at}` : '';
  throw new Refusal('input-invalid', `The request is not valid${where}: ${first?.message}. Correct it and send it again.`, {
    errors: errors.slice(0, most),
  });
});
