import type { z } from 'zod';
import { failed, type Result, succeed } from '../../core/failure.ts';
import type { RawRequest } from '../adapter.ts';

/** Largest body that is read. GitHub's largest deployments, with long payloads, stay far below. */
export const maxBody = 1024 * 1024;

/** A header that was sent once; one sent twice is none, as two readers may see two values. */
export const header = ({ headers }: RawRequest, name: string): string | undefined => {
  const value = Object.hasOwn(headers, name) ? headers[name] : undefined;
  return typeof value === 'string' ? value : value?.length === 1 ? value[0] : undefined;
};

/** To be asked before anything else: computing over a huge body is what an attacker wants. */
const isTooLarge = ({ body }: RawRequest, most: number): boolean => body.length > most;

/** What must hold before a body is looked at. Cluster API and Tekton announce no type (`mayOmitType`); a wrong one is refused from them, too. */
export const checkFrame = (raw: RawRequest, { most = maxBody, mayOmitType = false } = {}): Result<null> => {
  if (raw.method !== 'POST') return failed('input-invalid', 'This address takes POST only.');
  if (isTooLarge(raw, most))
    return failed('input-invalid', `The body has more than ${most / 1024} KiB, more than any request of this kind; send less.`);
  const type = header(raw, 'content-type')?.trim();
  const isJson =
    type === undefined
      ? mayOmitType && raw.headers['content-type'] === undefined
      : /^application\/json(\s*;\s*charset=utf-8)?$/i.test(type);
  return isJson ? succeed(null) : failed('input-invalid', 'The body is not announced as application/json; set the content type to JSON.');
};

const parse = (body: Uint8Array): unknown => {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    return undefined;
  }
};

const place = (path: readonly PropertyKey[]): string =>
  path
    .map((step) => String(step).slice(0, 40))
    .join('.')
    .slice(0, 200);

/** Judges a value by a schema, and says the first place where it does not fit. */
export const conform = <Schema extends z.ZodType>(schema: Schema, value: unknown, what: string): Result<z.output<Schema>> => {
  const answer = schema.safeParse(value);
  if (answer.success) return succeed(answer.data);
  const first = answer.error.issues[0];
  const where = first === undefined || first.path.length === 0 ? '' : ` at ${place(first.path)}`;
  const why = first?.code === 'unrecognized_keys' ? 'there is a field that is not known' : (first?.message ?? 'it is of another shape');
  return failed('input-invalid', `${what} cannot be used${where}: ${why.slice(0, 200)}.`);
};

/** The JSON of a body whose sender is known, as far as the schema names it. */
export const readJson = <Schema extends z.ZodType>(body: Uint8Array, schema: Schema, what: string): Result<z.output<Schema>> => {
  const value = parse(body);
  return value === undefined ? failed('input-invalid', `${what} is not JSON in UTF-8.`) : conform(schema, value, what);
};
