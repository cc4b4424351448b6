import { notText, textOf } from '../os/text.ts';

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The fields of an object; none of anything else. */
export const fieldsOf = (value: unknown): Fields => (isFields(value) ? value : {});
/** The members of a list; none of anything else. */
export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
/** A text that says something, without the spaces around it. */
export const wordsOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;

/** The object or list that a file holds, or why there is none. */
export function jsonOf(bytes: Uint8Array): { readonly value: object } | { readonly unreadable: string } {
  const text = textOf(bytes);
  if (text === undefined) return notText;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { value } : { unreadable: 'it holds no JSON object' };
  } catch {
    return { unreadable: 'it is not JSON; it may be cut' };
  }
}
