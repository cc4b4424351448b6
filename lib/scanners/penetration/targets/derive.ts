import type { Vantage } from '../../../core/finding.ts';
import type { ClusterView, Door, NodeView, RefusedTarget, ServiceView } from '../../../core/probing/index.ts';
import { probeHome } from '../pod/home.ts';
import { addApiServerDoors, readServer } from './api-server-doors.ts';
import { bounds } from './bounds.ts';
import { type DoorBook, openDoorBook } from './door-book.ts';
import { addIngressDoors } from './ingress-doors.ts';
import { addInsideDoors, type PodNetwork } from './inside-doors.ts';
import { drawNetworks, type Networks, type ShownNetworks } from './networks.ts';
import { addNodeDoors } from './node-doors.ts';
import { listOf, type Scene } from './scene.ts';
import { addServiceDoors, leadsOut } from './service-doors.ts';

export interface DoorsInput {
  readonly view: ClusterView;
  /** The API server as the kubeconfig names it. */
  readonly server: string | URL;
  /** Addresses that the name in it was resolved to; the one name that ever is. */
  readonly serverAddresses: readonly string[];
  /** Ranges and addresses that the user added. */
  readonly allow: readonly string[];
  /** TCP ports that probes ask for on every node. */
  readonly nodePorts: readonly number[];
  /** UDP ports that probes ask for on every node. */
  readonly udpPorts?: readonly number[];
  readonly vantage: Vantage;
  /** The pod of the internal vantage; by default it runs where `probeHome` says. */
  readonly podNetwork?: PodNetwork;
}

export interface DerivedDoors {
  /** Those of one address together; two that share address, port, transport and host are one. */
  readonly doors: readonly Door[];
  /** What the cluster names and nobody knocks at, each with its reason. */
  readonly refused: readonly RefusedTarget[];
  /** The networks that count, for people. */
  readonly networks: ShownNetworks;
}

/** The first few addresses of a node: a kubelet writes them itself, and each is knocked at some seventy times. */
const addressesOf = ({ name, addresses }: NodeView, book: DoorBook, networks: Networks): readonly string[] => {
  const accepted = book.accept(`Node ${name}`, addresses.slice(0, bounds.addressesPerNode), networks.node);
  const left = addresses.length - bounds.addressesPerNode;
  if (left > 0)
    book.refuse(`Node ${name}`, `${left} addresses`, `No more than ${bounds.addressesPerNode} addresses of one node are knocked at.`);
  return accepted;
};

/**
 * Where a scan may knock: only what the cluster names of itself or the user named, and nothing that somebody who may write to the cluster could have named to aim the scan at
 * others. Pure.
 */
export const deriveDoors = (input: DoorsInput): DerivedDoors => {
  const { view, allow, nodePorts, udpPorts = [], vantage, podNetwork = { namespace: probeHome.namespace.name } } = input;
  const server = readServer(input.server);
  const serverAddresses = [...(server.address === undefined ? [] : [server.address]), ...input.serverAddresses];
  const book = openDoorBook();
  const networks = drawNetworks({ nodes: listOf(view.nodes), serverAddresses, allow });
  for (const { what, address, why } of networks.refused) book.refuse(what, address, why);
  const nodes = listOf(view.nodes).map((node) => ({ node, addresses: addressesOf(node, book, networks) }));
  const backends = new Map(listOf(view.backends).map((backend) => [`${backend.namespace}/${backend.service}`, backend]));
  const backendOf: Scene['backendOf'] = ({ namespace, name }) => backends.get(`${namespace}/${name}`);
  const scene: Scene = { view, networks, book, nodes, udpPorts, backendOf };
  const refusals = new Map<string, boolean>();
  const judge = leadsOut(scene);
  const isRefused = (service: ServiceView): boolean => {
    const known = refusals.get(service.uid) ?? judge(service);
    refusals.set(service.uid, known);
    return known;
  };
  addApiServerDoors(scene, server, serverAddresses);
  addNodeDoors(scene, nodePorts);
  addServiceDoors(scene, isRefused);
  addIngressDoors(scene, isRefused);
  if (vantage === 'internal') addInsideDoors(scene, isRefused, podNetwork);
  return { doors: book.doors(), refused: book.refused(), networks: networks.shown };
};
