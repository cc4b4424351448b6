import { type Address, type Range, readAddress } from '../../../core/address.ts';

/** Groups of four hex digits, all eight of them. */
const groupsOf = (value: bigint): string => (value.toString(16).padStart(32, '0').match(/.{4}/g) as string[]).join(':');

/** The one spelling of an address: dotted, or as RFC 5952 writes IPv6. */
export const spell = ({ bits, value }: Address): string => {
  if (bits === 32) return [24n, 16n, 8n, 0n].map((shift) => (value >> shift) & 0xffn).join('.');
  return new URL(`http://[${groupsOf(value)}]`).hostname.slice(1, -1);
};

/** The network around an address: as many as share a segment, usually. */
export const networkAround = ({ bits, value }: Address): Range => {
  const prefix = bits === 32 ? 24 : 64;
  const free = BigInt(bits - prefix);
  return { bits, prefix, value: (value >> free) << free };
};

export const spellRange = (range: Range): string => `${spell(range)}/${range.prefix}`;

/** Sorts addresses as numbers, IPv4 first; for texts that are addresses. */
export const addressOrder = (text: string): string => {
  const { bits = 128, value = 0n } = readAddress(text) ?? {};
  return `${bits === 32 ? 4 : 6}${value.toString(16).padStart(32, '0')}`;
};
