import type http from 'node:http';
import type https from 'node:https';
import { isIP } from 'node:net';
import { type AddressGuard, AddressNotAllowed } from './address-guard.ts';

/** Makes an agent connect only where the guard lets it. A connection that is not made fails its request with `AddressNotAllowed`. */
export const guardAgent = <A extends http.Agent & { options?: https.AgentOptions }>(agent: A, guard: AddressGuard): A => {
  agent.options = { ...agent.options, lookup: guard.lookup };
  const connect = agent.createConnection.bind(agent);
  agent.createConnection = (options, callback) => {
    const host = options.host ?? '';
    // Sockets resolve no host that is an address, so they would never ask.
    const why = isIP(host) === 0 ? undefined : guard.whyNot(host);
    if (why === undefined) return connect(options, callback);
    process.nextTick(() => callback?.(new AddressNotAllowed(host, why), undefined as never));
    return undefined;
  };
  return agent;
};
