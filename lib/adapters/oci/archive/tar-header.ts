/** What is read of a header of tar (ustar, GNU, pax). */
export interface TarHeader {
  readonly name: string;
  readonly size: number;
  /** `0` file, `1` hard link, `2` symbolic link, `5` folder, `x` and `g` pax records, `L` and `K` long names of GNU. */
  readonly type: string;
  readonly link: string;
}

/** Reads one block; `end` is the empty one, `undefined` is none of tar. */
export const parseHeader = (bytes: Uint8Array): TarHeader | 'end' | undefined => {
  if (bytes.length < 512) return undefined;
  if (bytes.every((byte) => byte === 0)) return 'end';
  const sum = bytes.reduce((total, byte, at) => total + (at >= 148 && at < 156 ? 32 : byte), 0);
  if (number(bytes.subarray(148, 156)) !== sum) return undefined;
  const type = textOf(bytes.subarray(156, 157)) || '0';
  const prefix = textOf(bytes.subarray(257, 263)).startsWith('ustar') && bytes[262] === 0 ? textOf(bytes.subarray(345, 500)) : '';
  const name = textOf(bytes.subarray(0, 100));
  const size = number(bytes.subarray(124, 136));
  if (size < 0 || Number.isNaN(size)) return undefined;
  // folders and links have no bytes, whatever they claim
  return {
    name: prefix === '' ? name : `${prefix}/${name}`,
    size: /[1-6]/.test(type) ? 0 : size,
    type,
    link: textOf(bytes.subarray(157, 257)),
  };
};

/** A text that ends at its first zero. */
export const textOf = (bytes: Uint8Array): string => {
  const end = bytes.indexOf(0);
  return new TextDecoder().decode(end < 0 ? bytes : bytes.subarray(0, end));
};

/** Octal digits or, from the first bit on, a binary number. */
const number = (bytes: Uint8Array): number => {
  if (((bytes[0] ?? 0) & 0x80) === 0) {
    const digits = textOf(bytes).trim();
    return /^[0-7]*$/.test(digits) ? Number.parseInt(digits || '0', 8) : Number.NaN;
  }
  // a negative one, or one above 2^53, is nobody's size
  if (bytes[0] === 0xff) return Number.NaN;
  return bytes.slice(1).reduce((total, byte) => total * 256 + byte, (bytes[0] ?? 0) & 0x7f);
};

/** Pax records: `LENGTH KEY=VALUE\n`, of which path, linkpath and size count here. */
export const parsePax = (bytes: Uint8Array): Partial<TarHeader> => {
  let found: { name?: string; link?: string; size?: number } = {};
  for (let at = 0; at < bytes.length; ) {
    const space = bytes.indexOf(32, at);
    const length = Number(new TextDecoder().decode(bytes.subarray(at, Math.min(space < 0 ? at : space, at + 20))));
    if (space < 0 || !Number.isInteger(length) || length <= space - at || at + length > bytes.length) return found;
    const record = new TextDecoder().decode(bytes.subarray(space + 1, at + length - 1));
    const equals = record.indexOf('=');
    const value = record.slice(equals + 1);
    const key = record.slice(0, equals);
    if (key === 'path') found = { ...found, name: value };
    if (key === 'linkpath') found = { ...found, link: value };
    if (key === 'size' && /^\d{1,16}$/.test(value)) found = { ...found, size: Number(value) };
    at += length;
  }
  return found;
};
