import { LayerTrouble } from './limits.ts';

export type EntryKind = 'file' | 'link' | 'symlink' | 'folder' | 'other';

/** What stands in front of a file in a tar archive. */
export interface TarHeader {
  readonly type: string;
  readonly kind: EntryKind;
  readonly name: string;
  readonly target: string;
  /** Bytes that follow. */
  readonly size: number;
  readonly mode: number;
  /** Holes were left out: what follows is not the file as it is. */
  readonly sparse: boolean;
}

/** Text that replaces fields of the next header: names too long for them. */
export interface LongFields {
  path?: string;
  linkpath?: string;
  size?: string;
  sparse?: true;
}

const corrupt = (): LayerTrouble => new LayerTrouble('its tar archive is corrupt');

/** Up to the first NUL. */
export const textIn = (bytes: Buffer, from: number, length: number): string => {
  const nul = bytes.indexOf(0, from);
  return bytes.toString('utf8', from, nul < 0 || nul > from + length ? Math.min(from + length, bytes.length) : nul);
};

/** Octal with spaces and NULs around it, or base 256 where the first bit is set. Negative numbers have no meaning here. */
const numberIn = (block: Buffer, from: number, length: number): number => {
  const first = block[from] ?? 0;
  if (first & 0x80) {
    let value = first & 0x7f;
    for (let at = from + 1; at < from + length; at += 1) value = value * 256 + (block[at] ?? 0);
    if (first === 0xff || !Number.isSafeInteger(value)) throw corrupt();
    return value;
  }
  let value = 0;
  let started = false;
  for (let at = from; at < from + length; at += 1) {
    const sign = block[at] ?? 0;
    if (sign >= 0x30 && sign <= 0x37) {
      value = value * 8 + sign - 0x30;
      started = true;
    } else if (sign !== 0x20 && sign !== 0) throw corrupt();
    else if (started) break;
  }
  return value;
};

const checksumFits = (block: Buffer): boolean => {
  let unsigned = 8 * 0x20;
  for (let at = 0; at < 148; at += 1) unsigned += block[at] as number;
  for (let at = 156; at < 512; at += 1) unsigned += block[at] as number;
  const written = numberIn(block, 148, 8);
  if (unsigned === written) return true;
  // programs of the eighties summed signed characters
  let signed = unsigned;
  for (let at = 0; at < 512; at += 1) if ((at < 148 || at > 155) && (block[at] as number) > 127) signed -= 256;
  return signed === written;
};

const kinds: Readonly<Record<string, EntryKind>> = {
  '0': 'file',
  '\0': 'file',
  '7': 'file',
  S: 'file',
  '1': 'link',
  '2': 'symlink',
  '5': 'folder',
};
/** Whatever size these state, nothing follows: as container runtimes read them. Otherwise a wrong size would hide the entries behind it. */
const withoutBytes = new Set(['1', '2', '3', '4', '5', '6']);
const isUstar = (block: Buffer): boolean => block.toString('latin1', 257, 263) === 'ustar\0';

/** Headers that say something of the next one. */
export const isAboutNext = (type: string): boolean => type === 'x' || type === 'g' || type === 'L' || type === 'K';

/** One header block, with the long fields that stood in front of it. */
export const readHeader = (block: Buffer, before: LongFields): TarHeader => {
  if (!checksumFits(block)) throw corrupt();
  const type = String.fromCharCode(block[156] as number);
  const long = isAboutNext(type) ? {} : before;
  const short = textIn(block, 0, 100);
  const prefix = isUstar(block) && block[345] !== 0 ? `${textIn(block, 345, 155)}/` : '';
  const name = long.path ?? prefix + short;
  const kind = kinds[type] ?? 'other';
  const size = long.size === undefined ? numberIn(block, 124, 12) : Number(long.size);
  if (!Number.isSafeInteger(size) || size < 0) throw corrupt();
  const asFolder = kind === 'file' && name.endsWith('/');
  return {
    type,
    kind: asFolder ? 'folder' : kind,
    name,
    target: long.linkpath ?? textIn(block, 157, 100),
    size: withoutBytes.has(type) ? 0 : size,
    mode: numberIn(block, 100, 8) & 0o7777,
    sparse: type === 'S' || long.sparse === true,
  };
};

/** Records of PAX: `LENGTH KEY=VALUE\n`. */
export const readRecords = (bytes: Buffer): LongFields => {
  const fields: LongFields = {};
  for (let at = 0; at < bytes.length; ) {
    const space = bytes.indexOf(0x20, at);
    const length = space < 0 ? Number.NaN : Number(bytes.toString('latin1', at, space));
    const end = at + length;
    if (!Number.isInteger(length) || end > bytes.length || end <= space || bytes[end - 1] !== 0x0a) throw corrupt();
    const equals = bytes.indexOf(0x3d, space);
    if (equals < 0 || equals >= end) throw corrupt();
    take(fields, bytes.toString('latin1', space + 1, equals), () => bytes.toString('utf8', equals + 1, end - 1));
    at = end;
  }
  return fields;
};

const take = (fields: LongFields, key: string, value: () => string): void => {
  if (key.startsWith('GNU.sparse.')) {
    fields.sparse = true;
    if (key === 'GNU.sparse.name') fields.path = value();
  } else if ((key === 'path' && !(fields.sparse && fields.path)) || key === 'linkpath' || key === 'size') {
    const text = value();
    // an empty value takes the field back
    if (text === '') delete fields[key];
    else fields[key] = text;
  }
};
