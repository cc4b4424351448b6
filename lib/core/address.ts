// Addresses as numbers, read strictly: what some resolvers take for an address and others do not (octal, hex, short forms, zones) is none here, because
// a list that reads an address otherwise than whoever connects to it guards nothing.

/** An IPv4 or IPv6 address. An IPv4 address in the clothes of IPv6 (`::ffff:10.0.0.1`) is the IPv4 address. */
export interface Address {
  readonly bits: 32 | 128;
  readonly value: bigint;
}
/** All addresses that begin with the same bits. */
export interface Range extends Address {
  readonly prefix: number;
}

const readIPv4 = (text: string): bigint | undefined => {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255)) return undefined;
  return parts.reduce((value, part) => (value << 8n) | BigInt(part), 0n);
};

/** The groups of one side of `::`, a dotted ending as two of them; `undefined` where they are none. */
const readGroups = (text: string, mayEndDotted: boolean): readonly bigint[] | undefined => {
  if (text === '') return [];
  const parts = text.split(':');
  const last = parts.at(-1) as string;
  const dotted = mayEndDotted && last.includes('.') ? readIPv4(last) : undefined;
  const hex = dotted === undefined ? parts : parts.slice(0, -1);
  if (!hex.every((part) => /^[0-9a-f]{1,4}$/i.test(part))) return undefined;
  const groups = hex.map((part) => BigInt(`0x${part}`));
  return dotted === undefined ? groups : [...groups, dotted >> 16n, dotted & 0xffffn];
};

const readIPv6 = (text: string): bigint | undefined => {
  const [head = '', tail, ...more] = text.split('::');
  if (more.length > 0) return undefined;
  const before = readGroups(head, tail === undefined);
  const after = readGroups(tail ?? '', true);
  if (!before || !after) return undefined;
  const missing = 8 - before.length - after.length;
  if (tail === undefined ? missing !== 0 : missing < 1) return undefined;
  return [...before, ...Array<bigint>(missing).fill(0n), ...after].reduce((value, group) => (value << 16n) | group, 0n);
};

const mapped = 0xffffn;
const low32 = 0xffff_ffffn;

/** An address from its text; none, when the text is not exactly one. */
export const readAddress = (text: string): Address | undefined => {
  const four = readIPv4(text);
  if (four !== undefined) return { bits: 32, value: four };
  const six = text.includes(':') ? readIPv6(text) : undefined;
  if (six === undefined) return undefined;
  return six >> 32n === mapped ? { bits: 32, value: six & low32 } : { bits: 128, value: six };
};

const beginning = ({ bits, value }: Address, prefix: number): bigint => value >> BigInt(bits - prefix);

/** Whether an address, or every address of a range, is in a range. */
export const isWithin = (inner: Address & { readonly prefix?: number }, range: Range): boolean =>
  inner.bits === range.bits &&
  (inner.prefix ?? inner.bits) >= range.prefix &&
  beginning(inner, range.prefix) === beginning(range, range.prefix);

/** A range `address/prefix`, or one address, from its text; otherwise what is wrong with it, completing "it …". */
export const readRange = (text: string): Range | string => {
  const [addressText = '', prefixText, ...more] = text.split('/');
  const address = readAddress(addressText);
  if (!address || more.length > 0) return 'is no address and no range such as 10.0.0.0/8';
  if (prefixText === undefined) return { ...address, prefix: address.bits };
  const written = addressText.includes(':') ? 128 : 32;
  const isNumber = /^(0|[1-9]\d{0,2})$/.test(prefixText);
  const prefix = Number(prefixText) - (written - address.bits);
  if (!isNumber || prefix < 0 || prefix > address.bits) return `needs a length of ${written - address.bits}–${written} after the slash`;
  const range = { ...address, prefix };
  const free = BigInt(address.bits - prefix);
  return (address.value >> free) << free === address.value ? range : 'has bits set after its length; write the first address of the range';
};

/** For the ranges that are written in this file. */
const rangeOf = (text: string): Range => readRange(text) as Range;

/** Where nobody connects to by accident: this machine, its link, groups, and the services of clouds that hand out credentials. */
const specialRanges = (
  [
    ['127.0.0.0/8', 'loopback'],
    ['::1/128', 'loopback'],
    ['169.254.0.0/16', 'link-local, where clouds hand out credentials'],
    ['fe80::/10', 'link-local'],
    // what clouds tell their machines, and credentials of pods: they look like private addresses, or like anybody's
    ['fd00:ec2::/32', 'the metadata service of a cloud'],
    ['fd20:ce::254/128', 'the metadata service of a cloud'],
    ['100.100.100.200/32', 'the metadata service of a cloud'],
    ['168.63.129.16/32', 'the metadata service of a cloud'],
    ['192.0.0.192/32', 'the metadata service of a cloud'],
    ['224.0.0.0/4', 'multicast'],
    ['ff00::/8', 'multicast'],
    ['0.0.0.0/8', 'unspecified'],
    ['::/128', 'unspecified'],
    ['255.255.255.255/32', 'broadcast'],
  ] as const
).map(([text, is]) => ({ text, is, range: rangeOf(text) }));

/** Prefixes that lead on to the IPv4 address in their last 32 bits: NAT64, and the old "IPv4-compatible" form. */
const carriers = [rangeOf('64:ff9b::/96'), rangeOf('::/96')];

/** The special range that an address, or every address of a range, is in. */
export const specialOf = (
  address: Address & { readonly prefix?: number },
): { readonly text: string; readonly is: string; readonly range: Range } | undefined => {
  const direct = specialRanges.find(({ range }) => isWithin(address, range));
  if (direct || !carriers.some((carrier) => isWithin(address, carrier))) return direct;
  const carried = { bits: 32 as const, value: address.value & low32, prefix: (address.prefix ?? 128) - 96 };
  return specialRanges.find(({ range }) => isWithin(carried, range));
};
