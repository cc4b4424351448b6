import { BlockList, isIP } from 'node:net';
import type { Environment } from './connection.ts';
import { socketHost } from './transport.ts';

/**
 * The proxy that the environment asks for, as Go's (and so kubectl's) rules read it: HTTPS_PROXY or HTTP_PROXY by the URL's scheme, never for this machine
 * itself, and not for what NO_PROXY lists: hosts with their subdomains, `.domain` for subdomains only, addresses, networks (CIDR), each with an optional port, or `*`.
 */
export const environmentProxy = (url: URL, env: Environment): URL | undefined => {
  const names = url.protocol === 'http:' ? ['HTTP_PROXY', 'http_proxy'] : ['HTTPS_PROXY', 'https_proxy'];
  const wanted = names.map((name) => env[name]).find((value) => value);
  if (!wanted) return undefined;
  const host = socketHost(url).toLowerCase();
  if (host === 'localhost' || isLoopback(host)) return undefined;
  const port = url.port || (url.protocol === 'http:' ? '80' : '443');
  const exempt = (env.NO_PROXY || env.no_proxy || '').split(',').map((entry) => entry.trim().toLowerCase());
  if (exempt.some((entry) => entry !== '' && covers(entry, host, port))) return undefined;
  return URL.parse(/^(https?|socks5h?):\/\//i.test(wanted) ? wanted : `http://${wanted}`) ?? undefined;
};

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

const family = (address: string): 'ipv4' | 'ipv6' => (isIP(address) === 6 ? 'ipv6' : 'ipv4');
const isLoopback = (host: string): boolean => isIP(host) !== 0 && loopback.check(host, family(host));

const covers = (entry: string, host: string, port: string): boolean => {
  if (entry === '*') return true;
  const [network = '', bits] = entry.split('/');
  if (bits !== undefined) return isIP(network) !== 0 && isIP(host) !== 0 && inNetwork(host, network, Number(bits));
  const { name, only } = withoutPort(entry);
  if (only !== undefined && only !== port) return false;
  if (isIP(name) !== 0) return name === host;
  const domain = name.replace(/^\*/, '');
  return domain.startsWith('.') ? host.endsWith(domain) : host === domain || host.endsWith(`.${domain}`);
};

const inNetwork = (host: string, network: string, bits: number): boolean => {
  if (!Number.isInteger(bits) || bits < 0 || bits > (isIP(network) === 6 ? 128 : 32)) return false;
  const list = new BlockList();
  list.addSubnet(network, bits, family(network));
  return list.check(host, family(host));
};

const withoutPort = (entry: string): { readonly name: string; readonly only?: string } => {
  if (isIP(entry) !== 0) return { name: entry };
  const match = /^\[?(.*?)\]?:(\d+)$/.exec(entry);
  return match?.[1] !== undefined && match[2] !== undefined
    ? { name: match[1], only: match[2] }
    : { name: entry.replace(/^\[(.*)\]$/, '$1') };
};
