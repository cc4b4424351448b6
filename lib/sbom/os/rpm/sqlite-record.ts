import type { Bytes } from './bytes.ts';

/** A variable-length integer of SQLite, with the place after it. Larger ones than a number holds exactly are of no use here. */
export function varint(bytes: Bytes, at: number): { value: number; next: number } {
  let value = 0;
  for (let i = 0; i < 8; i++) {
    const byte = bytes.u8(at + i);
    value = value * 128 + (byte & 0x7f);
    if (byte < 0x80) return { value, next: at + i + 1 };
  }
  return { value: value * 256 + bytes.u8(at + 8), next: at + 9 };
}

/** A column of a record: text, a blob or an integer; the rest is of no use here. */
export type Column = string | Uint8Array | number | undefined;
/** No table that is read here has more columns. */
const mostColumns = 16;
/** Bytes of the integers of serial types 1 to 6. */
const integerSizes = [0, 1, 2, 3, 4, 6, 8];
const decoder = new TextDecoder('utf-8');

function sizeOf(serialType: number): number {
  if (serialType >= 12) return Math.floor((serialType - 12) / 2);
  return serialType === 7 ? 8 : (integerSizes[serialType] ?? 0);
}

function integer(bytes: Bytes, at: number, size: number): number {
  let value = 0;
  for (let i = 0; i < size; i++) value = value * 256 + bytes.u8(at + i);
  return value;
}

function column(bytes: Bytes, at: number, serialType: number): Column {
  const size = sizeOf(serialType);
  if (serialType === 8 || serialType === 9) return serialType - 8;
  if (serialType >= 1 && serialType <= 6) return integer(bytes, at, size);
  if (serialType < 12) return undefined;
  const part = bytes.part(at, size);
  return serialType % 2 === 0 ? part : decoder.decode(part);
}

/** The columns of a record: a header of serial types, then the values in their order. */
export function columnsOf(record: Bytes): Column[] {
  const header = varint(record, 0);
  const columns: Column[] = [];
  let type = header.next;
  let body = header.value;
  while (type < header.value && columns.length < mostColumns && record.trouble === undefined) {
    const { value, next } = varint(record, type);
    columns.push(column(record, body, value));
    body += sizeOf(value);
    type = next;
  }
  return columns;
}
