import { z } from 'zod';
import { Subject, type Vantage } from '../finding.ts';

/**
 * One address and port that a probe may knock at. Every door comes from what the cluster says of itself or from what the user named; nothing is ever sent
 * anywhere else.
 */
export const Door = z.object({
  /** An IPv4 or IPv6 address, never a name. */
  address: z.string(),
  port: z.int().min(1).max(65_535),
  /** `udp` doors are only ever asked one question; silence says nothing about them. */
  transport: z.enum(['tcp', 'udp']),
  /** Name sent as SNI and `Host`; it is never resolved. */
  host: z.string().optional(),
  /**
   * What stands behind it. `api-server`: an address of the API server · `node`: a port of a node that no Service publishes · `published`: a NodePort, LoadBalancer
   * address, external IP or Ingress host · the other three exist from inside a pod only: `service` is a cluster IP, `dns` the cluster's DNS, `metadata` the address at which clouds tell a machine its secrets.
   */
  place: z.enum(['api-server', 'node', 'published', 'service', 'dns', 'metadata']),
  /** What a finding about this door is about; without node names in `name`, see `Subject`. */
  subject: Subject,
  /** UID of the node, or of the object that publishes it: doors of one owner and port are one subject, whatever the address. */
  owner: z.string(),
  /** Ports by which the cluster itself knows what is behind: port and target port of the Service, port of the container. */
  hints: z.array(z.int()),
  /** Whether it is known to be meant for the world: a Service or Ingress publishes it. */
  published: z.boolean(),
});
export type Door = z.infer<typeof Door>;

/** `10.0.0.4:10250`, `[fd00::4]:10250`. */
export const endpointText = ({ address, port }: Pick<Door, 'address' | 'port'>): string =>
  address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;

/** Names a door in a scan: the same address and port under two hosts are two doors. */
export const doorKey = (door: Pick<Door, 'address' | 'port' | 'transport' | 'host'>): string =>
  `${door.transport} ${endpointText(door)}${door.host === undefined ? '' : ` ${door.host}`}`;

/**
 * What a knock found. `filtered`: no answer, or a router said no; `forbidden`: not on the allow-list, so nobody knocked; `unasked`: the time of the scan was over
 * before anybody could; `unable`: this machine had no socket or no network to do it with.
 */
export const doorStates = ['open', 'closed', 'filtered', 'forbidden', 'unasked', 'unable'] as const;
export type DoorState = (typeof doorStates)[number];

/** States of doors at which somebody looked; of all others nothing is known. */
export const isTried = (state: DoorState): state is 'open' | 'closed' | 'filtered' =>
  state === 'open' || state === 'closed' || state === 'filtered';

export type { Vantage };
