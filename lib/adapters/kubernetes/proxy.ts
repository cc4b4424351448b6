import type http from 'node:http';
import type { Connection } from './connection.ts';
import { environmentProxy } from './no-proxy.ts';

/** A way through a proxy. */
export interface ProxyRoute {
  readonly agent: http.Agent;
  /** The proxy's address without user name and password. */
  readonly shown: string;
}

/** Ways to the addresses of one cluster: straight (`undefined`) or through a proxy. The kubeconfig's proxy-url leads to kubelets, too: they live where the API server does. */
export interface ProxyRoutes {
  to(url: URL): Promise<ProxyRoute | undefined>;
  close(): void;
}

/** Every address is reached straight. */
export const noProxy: ProxyRoutes = { to: async () => undefined, close: () => undefined };

export const proxyRoutes = ({ proxy, env }: Pick<Connection, 'proxy' | 'env'>, connections: number): ProxyRoutes => {
  const made = new Map<string, Promise<ProxyRoute>>();
  return {
    to: async (url) => {
      const through = proxy ?? environmentProxy(url, env);
      if (!through) return undefined;
      const route = made.get(through.href) ?? makeRoute(through, connections);
      made.set(through.href, route);
      return route;
    },
    close: () => {
      for (const route of made.values()) void route.then(({ agent }) => agent.destroy());
    },
  };
};

/** The proxy's address as it may be shown. */
export const shownProxy = (proxy: URL): string => `${proxy.protocol}//${proxy.host}`;

const makeRoute = async (proxy: URL, connections: number): Promise<ProxyRoute> => {
  const options = { keepAlive: true, maxSockets: connections };
  const shown = shownProxy(proxy);
  if (proxy.protocol.startsWith('socks')) {
    const { SocksProxyAgent } = await import('socks-proxy-agent');
    // The proxy resolves names, as kubectl lets it: behind a bastion, only it knows them.
    return { agent: new SocksProxyAgent(proxy.href.replace(/^socks5:/, 'socks5h:'), options), shown };
  }
  const { HttpsProxyAgent } = await import('https-proxy-agent');
  return { agent: new HttpsProxyAgent(proxy, options), shown };
};
