import { type Address, isWithin, type Range, readAddress, readRange, specialOf } from '../core/address.ts';
import { failed, type Result, succeed } from '../core/failure.ts';

/** What whoever runs Gatehouse lets it connect to. Nothing is allowed that is not named. */
export interface AllowListRequest {
  /** Addresses, ranges (`10.0.0.0/8`), host names (`api.shop.example`) and names below one (`*.shop.example`). */
  readonly allow: readonly string[];
  /** Loopback, link-local and other special addresses and ranges that are meant: `allow` alone never opens them, however wide it is. */
  readonly allowSpecial?: readonly string[];
}

export interface AllowList {
  /** Whether an address may be connected to. `host`: the name that led to it, if one did; a name on the list opens ordinary addresses, never special ones. */
  isAllowed(address: string, host?: string): boolean;
  /** Whether a host name is on the list. */
  namesHost(host: string): boolean;
  /** The list in words, for a sentence. */
  describe(): string;
}

const label = '[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?';
/** The last label is no number: what ends in one is meant as an address, and then it is a malformed one. */
const hostPattern = new RegExp(`^(\\*\\.)?(${label}\\.)*(?!\\d+$|0x[0-9a-f]*$)${label}$`);
const plainHost = (host: string): string => host.toLowerCase().replace(/\.$/, '');

const wrong = (entry: string, why: string) => failed('input-invalid', `"${entry}" cannot be on the allow-list: it ${why}.`);

type Entry = { readonly range: Range } | { readonly host: string };

const readEntry = (entry: string): Result<Entry> => {
  const host = plainHost(entry);
  if (host.length <= 253 && hostPattern.test(host)) return succeed({ host });
  const range = readRange(entry);
  if (typeof range === 'string') return wrong(entry, range.startsWith('is no') ? `${range}, and no host name` : range);
  const special = specialOf(range);
  return special ? wrong(entry, `is ${special.is}. If you mean it, name it among the special addresses`) : succeed({ range });
};

const readSpecial = (entry: string): Result<Range> => {
  const range = readRange(entry);
  if (typeof range === 'string') return wrong(entry, range);
  return specialOf(range) ? succeed(range) : wrong(entry, 'is not a special address. Name it among the ordinary ones');
};

const readAll = <T>(entries: readonly string[], read: (entry: string) => Result<T>): Result<readonly T[]> => {
  const values: T[] = [];
  for (const entry of entries) {
    const value = read(entry.trim());
    if (!value.ok) return value;
    values.push(value.value);
  }
  return succeed(values);
};

const fitsHost = (pattern: string, host: string): boolean =>
  pattern.startsWith('*.') ? host.endsWith(pattern.slice(1)) : host === pattern;
const covers = (ranges: readonly Range[], address: Address): boolean => ranges.some((range) => isWithin(address, range));

/** The list, or the first entry that cannot be on it, with the reason. */
export const parseAllowList = ({ allow, allowSpecial = [] }: AllowListRequest): Result<AllowList> => {
  const entries = readAll(allow, readEntry);
  if (!entries.ok) return entries;
  const specials = readAll(allowSpecial, readSpecial);
  if (!specials.ok) return specials;
  const ranges = entries.value.flatMap((entry) => ('range' in entry ? [entry.range] : []));
  const hosts = entries.value.flatMap((entry) => ('host' in entry ? [entry.host] : []));
  const namesHost = (host: string): boolean => hosts.some((pattern) => fitsHost(pattern, plainHost(host)));
  const words = [...allow, ...allowSpecial].map((entry) => entry.trim());
  return succeed({
    namesHost,
    isAllowed: (text, host) => {
      const address = readAddress(text);
      if (!address) return false;
      if (specialOf(address)) return covers(specials.value, address);
      return covers(ranges, address) || (host !== undefined && namesHost(host));
    },
    describe: () => (words.length === 0 ? 'none' : words.join(', ')),
  });
};
