import type { FileHead } from '../cataloger.ts';

const elf = 0x7f454c46;
/** Mach-O of 32 and 64 bits in both orders, and files for several processors. */
const machO = new Set([0xfeedface, 0xfeedfacf, 0xcefaedfe, 0xcffaedfe, 0xcafebabe]);

/** Programs and libraries of Linux, Windows and macOS, by their first bytes. */
export const isProgram = (beginning: Uint8Array): boolean => {
  if (beginning.length < 4) return false;
  const [a = 0, b = 0, c = 0, d = 0] = beginning;
  const magic = ((a << 24) | (b << 16) | (c << 8) | d) >>> 0;
  return magic === elf || (a === 0x4d && b === 0x5a) || machO.has(magic);
};

/** A file that says nothing itself may stand where a layer below has a program. One that nobody can start never does. */
export const mayReplaceProgram = (head: FileHead, beginning: Uint8Array): boolean => (head.mode & 0o111) !== 0 || isProgram(beginning);
