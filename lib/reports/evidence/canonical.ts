/** What a manifest is nested at most; anything deeper is none, and must not exhaust the stack. */
const deepest = 16;

const write = (value: unknown, depth: number): string => {
  if (depth > deepest) throw new TypeError('nested too deep');
  if (Array.isArray(value)) return `[${value.map((one) => write(one, depth + 1)).join(',')}]`;
  if (value !== null && typeof value === 'object') {
    const fields = Object.entries(value)
      .filter(([, field]) => field !== undefined)
      .toSorted(([a], [b]) => (a < b ? -1 : 1));
    return `{${fields.map(([name, field]) => `${write(name, depth)}:${write(field, depth + 1)}`).join(',')}}`;
  }
  if (typeof value === 'number' && !Number.isFinite(value)) throw new TypeError('not a number that JSON can hold');
  if (typeof value === 'string' && !value.isWellFormed()) throw new TypeError('text with half a character in it');
  return JSON.stringify(value) as string;
};

/**
 * The one way to write a value as JSON (RFC 8785): no white space, fields in the order of their UTF-16 code units, numbers and texts as ECMAScript writes them, UTF-8 without a mark
 * and without a newline at the end. Fields that are undefined are left out. Throws on what cannot be written so.
 */
export const canonicalBytes = (value: unknown): Uint8Array => new TextEncoder().encode(write(value, 0));

/** Whether bytes are exactly what `canonicalBytes` writes of the value in them: so a field that is there twice, or a second spelling, is seen. */
export const isCanonical = (bytes: Uint8Array, value: unknown): boolean => {
  try {
    return Buffer.from(bytes).equals(canonicalBytes(value));
  } catch {
    return false;
  }
};
