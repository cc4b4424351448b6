import type { Vantage } from '../../core/finding.ts';
import { type Door, endpointText, type ProbeRequest } from '../../core/probing/index.ts';
import type { AddressGuard } from '../network/address-guard.ts';
import { plainAddress } from '../network/special-addresses.ts';

export interface AllowedDoors {
  /** Why nothing may be sent to a door, completing "it …"; `undefined` when something may. */
  whyNot(door: Door, request?: ProbeRequest): string | undefined;
}

const insideOnly: readonly Door['place'][] = ['service', 'dns', 'metadata'];
/** Headers that carry credentials. The sender has none and passes none on. */
const credentialHeaders = ['authorization', 'proxy-authorization', 'cookie'];

/** Whether a token may go there: to the API server, over TLS, from here. A pod is given none. */
const mayGetToken = ({ place }: Door, request: ProbeRequest, vantage: Vantage): boolean =>
  place === 'api-server' && vantage === 'external' && request.is === 'http' && request.over === 'tls';

/** One spelling per door; nothing for what is no address. */
const keyOf = ({ transport, address, port }: Pick<Door, 'transport' | 'address' | 'port'>): string | undefined => {
  const plain = plainAddress(address);
  return plain === undefined ? undefined : `${transport} ${endpointText({ address: plain, port })}`;
};

const carriesCredential = (request: ProbeRequest | undefined): boolean =>
  request?.is === 'http' && Object.keys(request.headers ?? {}).some((name) => credentialHeaders.includes(name.toLowerCase()));

/** The allow-list: exactly these addresses, ports and transports. The host of a door opens nothing. */
export const createAllowedDoors = (doors: readonly Door[], vantage: Vantage, guard?: AddressGuard): AllowedDoors => {
  const keys = new Set(doors.map(keyOf));
  // what a door says of itself is not enough: the list says which ones are the API server's
  const apiServers = new Set(doors.filter(({ place }) => place === 'api-server').map(keyOf));
  return {
    whyNot: (door, request) => {
      const key = keyOf(door);
      if (key === undefined) return 'is no address';
      if (!keys.has(key)) return 'is not on the list of doors of this scan';
      if (vantage === 'external' && insideOnly.includes(door.place)) return 'means something inside a pod only';
      if (request && (request.is === 'udp') !== (door.transport === 'udp')) return `is a door of ${door.transport}`;
      if (carriesCredential(request)) return 'would get a credential';
      if (request?.is === 'http' && request.withToken && !(apiServers.has(key) && mayGetToken(door, request, vantage)))
        return 'would get the token, and is not the API server over TLS';
      return guard?.whyNot(door.address);
    },
  };
};
