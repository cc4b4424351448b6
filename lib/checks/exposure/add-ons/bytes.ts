/** Bytes as the hex that requests carry. */
export const hex = (bytes: readonly number[]): string => bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('');
/** Text of one byte per character. */
export const latin1 = (text: string): readonly number[] => [...text].map((character) => character.charCodeAt(0));
export const uint16 = (value: number): readonly number[] => [(value >> 8) & 255, value & 255];
export const uint32 = (value: number): readonly number[] => [...uint16(value >>> 16), ...uint16(value)];
export const uint32le = (value: number): readonly number[] => uint32(value).toReversed();
/** Text of hex, one character per byte. */
export const textOf = (bytes: string): string => bytes.replace(/../g, (byte) => String.fromCharCode(Number.parseInt(byte, 16)));
