import { Refusal } from './refusal.ts';

const forbidden = new Set(['__proto__', 'constructor', 'prototype']);
const most = 200;

/** Text of one escaped part; `undefined` when its escapes are not UTF-8. */
const decoded = (part: string): string | undefined => {
  try {
    return decodeURIComponent(part.replaceAll('+', ' '));
  } catch {
    return undefined;
  }
};
const refused = (at: string, message: string): Refusal =>
  new Refusal('input-invalid', `The query cannot be read: ${message}.`, { errors: [{ at, message }] });

/** Parameters of a query. One that is given several times is a list. Read from the raw text: API Gateway joins repeated ones by commas. */
export const readQuery = (raw: string): Record<string, string | string[]> => {
  const parts = raw.split('&').filter((part) => part !== '');
  if (parts.length > most) throw refused('', `more than ${most} parameters`);
  const query: Record<string, string | string[]> = Object.create(null);
  for (const part of parts) {
    const cut = part.indexOf('=');
    const name = decoded(cut < 0 ? part : part.slice(0, cut));
    const value = decoded(cut < 0 ? '' : part.slice(cut + 1));
    if (name === undefined || value === undefined) throw refused('', 'a `%` escape is not UTF-8');
    if (forbidden.has(name)) throw refused(name, 'this name is not allowed');
    if (value.includes('\0') || name.includes('\0')) throw refused(name, 'must not hold NUL');
    const there = query[name];
    query[name] = there === undefined ? value : [...(Array.isArray(there) ? there : [there]), value];
  }
  return query;
};
