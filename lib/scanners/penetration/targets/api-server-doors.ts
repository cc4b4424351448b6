import { readAddress } from '../../../core/address.ts';
import type { Door } from '../../../core/probing/index.ts';
import { bounds } from './bounds.ts';
import type { Scene } from './scene.ts';

const name = 'kube-apiserver';
/** All instances of the API server are one owner: they answer alike, and a finding about one is about all. */
const doorAt = (address: string, port: number, host: string | undefined): Door => ({
  address,
  port,
  transport: 'tcp',
  ...(host === undefined ? {} : { host }),
  place: 'api-server',
  subject: { kind: 'APIServer', name, port: `${port}/tcp` },
  owner: name,
  hints: [],
  published: false,
});

/** Where the kubeconfig says the API server is. */
export interface ServerUrl {
  readonly port: number;
  /** The name in it, when it is no address. */
  readonly host?: string;
  /** The address in it. */
  readonly address?: string;
}

/** Reads the server of a kubeconfig, `https://[fd00::1]:6443`. */
export const readServer = (server: string | URL): ServerUrl => {
  const { protocol, hostname, port } = new URL(server);
  const text = hostname.replace(/^\[(.*)\]$/, '$1');
  return {
    port: Number(port || (protocol === 'http:' ? 80 : 443)),
    ...(readAddress(text) ? { address: text } : { host: text.replace(/\.$/, '') }),
  };
};

/** Endpoints can be written by others: the first few ports, those that API servers have before all others. */
const fewPorts = (ports: readonly number[], own: number): readonly number[] => {
  const usual = [own, 6443, 443, 8443];
  const rank = (port: number): number => (usual.includes(port) ? usual.indexOf(port) : usual.length);
  return ports.toSorted((a, b) => rank(a) - rank(b)).slice(0, bounds.apiServerPorts);
};

/** The API server: where the kubeconfig says, at its own endpoints, and on the nodes of the control plane. */
export const addApiServerDoors = (
  { book, networks, nodes, backendOf }: Scene,
  server: ServerUrl,
  serverAddresses: readonly string[],
): void => {
  for (const address of book.accept('API server', serverAddresses, networks.server)) book.add(doorAt(address, server.port, server.host));
  const endpoints = backendOf({ namespace: 'default', name: 'kubernetes' });
  const ports = fewPorts(endpoints?.ports ?? [], server.port);
  const few = endpoints?.addresses.slice(0, bounds.apiServerEndpoints) ?? [];
  for (const address of book.accept('Endpoints of Service default/kubernetes', few, networks.endpoint))
    for (const port of ports) book.add(doorAt(address, port, undefined));
  // a balancer in front of the API server may listen elsewhere than the API server itself: its port says nothing of the nodes
  const onNodes = ports.length > 0 ? ports : [server.port];
  for (const { node, addresses } of nodes)
    if (node.role === 'control-plane')
      for (const address of addresses) for (const port of onNodes) book.add(doorAt(address, port, undefined));
};
