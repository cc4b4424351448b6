import { lookup } from 'node:dns/promises';
import { isIP, isIPv6, type LookupFunction } from 'node:net';
import { plainAddress, specialKind } from './special-addresses.ts';

/** The addresses that whoever runs Gatehouse lets it connect to. */
export interface AddressAllowList {
  isAllowed(address: string): boolean;
  /** The list in words, for a sentence: `10.0.0.0/8, 192.168.10.0/24`. */
  describe(): string;
}

/** All addresses of a host name. Rejects when there are none. */
export type Resolve = (host: string) => Promise<readonly string[]>;

export interface AddressGuardOptions {
  readonly allow: AddressAllowList;
  /** Lets the list allow loopback addresses, too: for clusters on the same machine. Other special addresses are never allowed. */
  readonly isLoopbackAllowed?: boolean | undefined;
  /** How names become addresses; the operating system's way unless given. */
  readonly resolve?: Resolve | undefined;
}

/**
 * Decides where connections go that somebody else asks for. Names are resolved here, and the very addresses that were looked at are handed to the socket: a name that leads elsewhere
 * a moment later gains nothing.
 */
export interface AddressGuard {
  /** Why an address must not be connected to, completing "it …"; `undefined` when it may. */
  whyNot(address: string): string | undefined;
  /** The addresses of a host. Rejects with `AddressNotAllowed` when one of them must not be connected to, and as the resolver does when there is none. */
  addressesOf(host: string): Promise<readonly string[]>;
  /** `addressesOf` in the form that sockets call. They do not call it for a host that is an address: ask `whyNot` then. */
  readonly lookup: LookupFunction;
}

/** A connection that was not made. The message completes "because …"; for a name it does not tell the address, which may be nobody else's business. */
export class AddressNotAllowed extends Error {
  readonly code = 'ERR_ADDRESS_NOT_ALLOWED';
  constructor(host: string, why: string) {
    super(isIP(host) === 0 ? `it leads to an address that ${why}` : `${host} ${why}`);
  }
}

const resolveHere: Resolve = async (host) => (await lookup(host, { all: true })).map(({ address }) => address);

export const createAddressGuard = ({ allow, isLoopbackAllowed = false, resolve = resolveHere }: AddressGuardOptions): AddressGuard => {
  const whyNot = (text: string): string | undefined => {
    const address = plainAddress(text);
    if (address === undefined) return 'is none that can be connected to';
    const special = specialKind(address);
    if (special && !(special.isLoopback && isLoopbackAllowed)) return special.is;
    return allow.isAllowed(address) ? undefined : `is outside the addresses that may be connected to (${allow.describe()})`;
  };
  const addressesOf = async (host: string): Promise<readonly string[]> => {
    const addresses = isIP(host) === 0 ? await resolve(host) : [host];
    // one bad address spoils all: a name that leads into two worlds is either a mistake or an attempt
    for (const address of addresses) {
      const why = whyNot(address);
      if (why !== undefined) throw new AddressNotAllowed(host, why);
    }
    if (addresses.length === 0) throw Object.assign(new Error(`${host} has no address`), { code: 'ENOTFOUND' });
    return addresses;
  };
  return {
    whyNot,
    addressesOf,
    lookup: (host, options, callback) => {
      const wanted = Number(String(options.family ?? 0).replace('IPv', ''));
      addressesOf(host).then(
        (addresses) => {
          const found = addresses
            .map((address) => ({ address, family: isIPv6(address) ? 6 : 4 }))
            .filter(({ family }) => wanted === 0 || family === wanted);
          const [first] = found;
          if (!first) callback(Object.assign(new Error(`${host} has no address of this family`), { code: 'ENOTFOUND' }), '');
          else if (options.all) callback(null, found);
          else callback(null, first.address, first.family);
        },
        (error: NodeJS.ErrnoException) => callback(error, ''),
      );
    },
  };
};
