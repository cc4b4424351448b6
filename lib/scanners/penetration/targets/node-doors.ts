import type { Door, HostPod } from '../../../core/probing/index.ts';
import { bounds } from './bounds.ts';
import { listOf, type NodeAt, type Scene } from './scene.ts';

/** What probes call the port of a kubelet, wherever it listens. */
const usualKubeletPort = 10250;

const doorsOf = (
  { node, addresses }: NodeAt,
  ports: ReadonlyMap<number, readonly number[]>,
  transport: Door['transport'],
): readonly Door[] =>
  addresses.flatMap((address) =>
    [...ports].map(
      ([port, hints]): Door => ({
        address,
        port,
        transport,
        place: 'node',
        subject: { kind: 'Node', name: node.name, role: node.role, node: node.name, port: `${port}/${transport}` },
        owner: node.uid,
        hints: [...hints],
        published: false,
      }),
    ),
  );

/** Ports of one node, each with the ports that are behind it. */
const portsOf = ({ node }: NodeAt, nodePorts: readonly number[], hostPods: readonly HostPod[]): ReadonlyMap<number, readonly number[]> => {
  const ports = new Map<number, readonly number[]>(nodePorts.map((port) => [port, []]));
  const add = (port: number, hints: readonly number[]) => ports.set(port, [...(ports.get(port) ?? []), ...hints]);
  const declared = hostPods.flatMap((pod) => pod.ports.map((port) => ({ port, behind: pod.containerPorts?.[port] })));
  const few = new Set([...new Set(declared.map(({ port }) => port))].slice(0, bounds.podPortsPerNode));
  for (const { port, behind } of declared) if (few.has(port)) add(port, behind === undefined ? [] : [behind]);
  add(node.kubeletPort, [usualKubeletPort]);
  return ports;
};

/** Every address of every node, at the ports probes ask for, the kubelet's, and those that pods have of their node. */
export const addNodeDoors = ({ view, book, nodes, udpPorts }: Scene, nodePorts: readonly number[]): void => {
  const byNode = Map.groupBy(listOf(view.hostPods), ({ node }) => node);
  const asked = new Map<number, readonly number[]>(udpPorts.map((port) => [port, []]));
  for (const at of nodes) {
    const declared = new Set((byNode.get(at.node.name) ?? []).flatMap(({ ports }) => ports)).size;
    if (declared > bounds.podPortsPerNode)
      book.refuse(
        `Node ${at.node.name}`,
        `${declared - bounds.podPortsPerNode} ports`,
        `Of the ports that pods have of one node ${bounds.podPortsPerNode} are knocked at.`,
      );
    for (const door of doorsOf(at, portsOf(at, nodePorts, byNode.get(at.node.name) ?? []), 'tcp')) book.add(door);
    for (const door of doorsOf(at, asked, 'udp')) book.add(door);
  }
};
