/** Bytes of a file that a program may write to once it is loaded: from, and up to. */
export interface FileRange {
  readonly from: number;
  readonly to: number;
}

const loadable = 1;
const writable = 2;

/** The writable segments of an ELF program, read from its first bytes; nothing where those do not say it. */
export const writableRanges = (start: Buffer): readonly FileRange[] | undefined => {
  if (start.length < 64 || start.readUInt32BE(0) !== 0x7f454c46) return undefined;
  const is64 = start[4] === 2;
  const isLittle = start[5] === 1;
  const half = (at: number): number => (isLittle ? start.readUInt16LE(at) : start.readUInt16BE(at));
  const word = (at: number): number => (isLittle ? start.readUInt32LE(at) : start.readUInt32BE(at));
  const long = (at: number): number => (is64 ? Number(isLittle ? start.readBigUInt64LE(at) : start.readBigUInt64BE(at)) : word(at));
  const table = long(is64 ? 32 : 28);
  const entryBytes = half(is64 ? 54 : 42);
  const count = half(is64 ? 56 : 44);
  if (count === 0 || entryBytes < (is64 ? 56 : 32) || table + count * entryBytes > start.length) return undefined;
  const ranges: FileRange[] = [];
  for (let index = 0; index < count; index += 1) {
    const at = table + index * entryBytes;
    const from = long(at + (is64 ? 8 : 4));
    const flags = word(at + (is64 ? 4 : 24));
    if (word(at) === loadable && flags & writable) ranges.push({ from, to: from + long(at + (is64 ? 32 : 16)) });
  }
  return ranges.length > 0 ? ranges : undefined;
};
