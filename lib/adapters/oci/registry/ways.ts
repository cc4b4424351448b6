import type http from 'node:http';
import tls, { type SecureContext } from 'node:tls';
import type { Environment } from '../../kubernetes/connection.ts';
import { proxyRoutes } from '../../kubernetes/proxy.ts';
import { directAgent } from '../../kubernetes/transport.ts';
import { authoritiesFor } from '../../kubernetes/trust.ts';
import { type AddressGuard, createAddressGuard } from '../../network/address-guard.ts';
import type { Way } from './wire.ts';

export interface WayOptions {
  /** PEM certificates to trust besides the operating system's. */
  readonly ca?: string | undefined;
  /** For every address; without it `env` decides. */
  readonly proxy?: URL | undefined;
  /** For HTTPS_PROXY, HTTP_PROXY and NO_PROXY. */
  readonly env?: Environment | undefined;
  /** Where connections may go. Without one: anywhere but to addresses with a meaning of their own, and to this machine only for a registry that is on it. */
  readonly guard?: AddressGuard | undefined;
}

/** How registries, their token services and their storage are reached. */
export interface Ways {
  /** `mayBeHere`: whether the address may be on this machine. */
  to(url: URL, mayBeHere: boolean): Promise<Way>;
  close(): void;
}

/** Connections to one host: so many that nobody waits for one in vain while layers are read slowly; the caller decides how many it reads at once. */
const connections = 64;

export const createWays = ({ ca, proxy, env = {}, guard }: WayOptions): Ways => {
  const proxies = proxyRoutes({ env, ...(proxy && { proxy }) }, connections);
  const agents = new Map<string, http.Agent>();
  let context: SecureContext | undefined;
  /** Made once: several hundred authorities take a while to read. */
  const secureContext = (): SecureContext => {
    const system = [authoritiesFor({ trust: { skipVerification: false }, server: new URL('https://system') }) ?? []].flat();
    context ??= tls.createSecureContext({ ca: ca === undefined ? system : [...system, ca] });
    return context;
  };
  const direct = (protocol: string, mayBeHere: boolean): http.Agent => {
    const key = `${protocol}${mayBeHere}`;
    const agent = agents.get(key) ?? directAgent(protocol, connections, { guard: guard ?? (mayBeHere ? guards.here : guards.elsewhere) });
    agents.set(key, agent);
    return agent;
  };
  return {
    to: async (url, mayBeHere) => {
      const route = await proxies.to(url);
      if (route) return { agent: route.agent, proxy: route.shown, secureContext: secureContext() };
      return { agent: direct(url.protocol, mayBeHere), secureContext: secureContext() };
    },
    close: () => {
      proxies.close();
      for (const agent of agents.values()) agent.destroy();
    },
  };
};

const anywhere = { isAllowed: () => true, describe: () => 'any' };
/** References come out of clusters: nobody's pod may send Gatehouse to the metadata service of its cloud, or a registry elsewhere to what listens here. */
const guards = {
  here: createAddressGuard({ allow: anywhere, isLoopbackAllowed: true }),
  elsewhere: createAddressGuard({ allow: anywhere }),
};
