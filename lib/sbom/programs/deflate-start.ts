import { constants, deflateRawSync } from 'node:zlib';

const fixedCodes = 1;
const dynamicCodes = 2;

/** The beginning of text, packed with fixed codes, is the same whatever follows; its last byte is not. */
const packedWithFixedCodes = (text: string): Buffer =>
  deflateRawSync(text, { strategy: constants.Z_FIXED, finishFlush: constants.Z_SYNC_FLUSH }).subarray(0, 4);
const fixedStart = packedWithFixedCodes('{"packages":[');

/** Three bits at a time, the least first. */
const bitsAt = (bytes: Uint8Array, from: number, bit: number): number => {
  const at = from + (bit >> 3);
  return ((((bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8)) >> (bit & 7)) & 7) as number;
};

/** Lengths of the codes that describe a block must fill the tree of codes exactly; by chance they do so once in some hundred times. */
const hasFullTree = (bytes: Uint8Array, from: number): boolean => {
  const literals = (bytes[from] as number) >> 3;
  const second = (bytes[from + 1] ?? 0) | ((bytes[from + 2] ?? 0) << 8);
  if (literals > 29 || (second & 0x1f) > 29) return false;
  const count = ((second >> 5) & 0xf) + 4;
  let filled = 0;
  for (let index = 0; index < count; index += 1) {
    const length = bitsAt(bytes, from, 17 + 3 * index);
    if (length > 0) filled += 128 >> length;
  }
  return filled === 128;
};

/** Bytes that must be there to judge. */
export const deflateStartBytes = 16;

/** Whether packed JSON may begin here that lists packages: a few operations, asked some thousand times in a large program. */
export const mayBeginPackedList = (bytes: Uint8Array, from: number): boolean => {
  const kind = ((bytes[from] as number) >> 1) & 3;
  if (kind === dynamicCodes) return hasFullTree(bytes, from);
  if (kind !== fixedCodes) return false;
  // the first bit says only whether more blocks follow
  return fixedStart.every((byte, index) => (index === 0 ? ((byte ^ (bytes[from] as number)) & 0xfe) === 0 : byte === bytes[from + index]));
};
