import type { BytesAnswer } from '../../../core/probing/index.ts';
import { hex, uint32 } from '../add-ons/bytes.ts';

/** A number of our own, by which the answer is known. */
const call = 0x47_61_74_65;

/** A call of ONC RPC over TCP without credentials and without arguments (RFC 5531). */
export const rpcCall = (program: number, version: number, procedure: number): string =>
  hex([
    // one fragment, the last, of forty bytes
    ...uint32(0x80_00_00_28),
    ...[call, 0, 2, program, version, procedure, 0, 0, 0, 0].flatMap(uint32),
  ]);

/** The words of an answer after the call's number; undefined for anything that answers no such call. */
export const rpcReply = ({ bytes }: BytesAnswer): readonly number[] | undefined => {
  const words = [...bytes.matchAll(/.{8}/g)].map(([word]) => Number.parseInt(word, 16));
  const [, id, isReply, isDenied] = words;
  return id === call && isReply === 1 && isDenied === 0 ? words.slice(4) : undefined;
};
