import type { GateNode, GatePod } from '../../core/gate/index.ts';
import { inRepaveOrder, podsMovedByNode } from './moved.ts';

type Toleration = GatePod['tolerations'][number];
type Taint = GateNode['taints'][number];

const isTolerated = (taint: Taint, tolerations: readonly Toleration[]): boolean =>
  tolerations.some(({ key, operator = 'Equal', value = '', effect }) => {
    if (effect !== undefined && effect !== taint.effect) return false;
    if (operator === 'Exists') return key === undefined || key === taint.key;
    return operator === 'Equal' && key === taint.key && value === (taint.value ?? '');
  });

/** Whether taints and labels of a node let a pod in; affinity is not looked at. */
export const isAdmitted = ({ nodeSelector, tolerations }: Pick<GatePod, 'nodeSelector' | 'tolerations'>, node: GateNode): boolean =>
  Object.entries(nodeSelector).every(([key, value]) => Object.hasOwn(node.labels, key) && node.labels[key] === value) &&
  node.taints.every((taint) => taint.effect === 'PreferNoSchedule' || isTolerated(taint, tolerations));

interface Room {
  readonly cpu: number;
  readonly memory: number;
  readonly pods: number;
}
const nothing: Room = { cpu: 0, memory: 0, pods: 0 };
const less = (room: Room, { requestedCpu, requestedMemory }: GatePod): Room => ({
  cpu: room.cpu - requestedCpu,
  memory: room.memory - requestedMemory,
  pods: room.pods - 1,
});
/** A pod that asks for nothing of a kind fits even where that is overdrawn. */
const fits = (room: Room, { requestedCpu, requestedMemory }: GatePod): boolean =>
  room.pods >= 1 && (requestedCpu === 0 || room.cpu >= requestedCpu) && (requestedMemory === 0 || room.memory >= requestedMemory);

const freeRooms = (nodes: readonly GateNode[], pods: readonly GatePod[]): ReadonlyMap<string, Room> => {
  const rooms = new Map<string, Room>(
    nodes.map((node) => [node.name, { cpu: node.allocatableCpu, memory: node.allocatableMemory, pods: node.allocatablePods }]),
  );
  for (const pod of pods) {
    const room = pod.node === undefined ? undefined : rooms.get(pod.node);
    if (room) rooms.set(pod.node as string, less(room, pod));
  }
  return rooms;
};

/** A pod that finds no place while its node is away. */
export interface Homeless {
  readonly pod: GatePod;
  readonly node: string;
  /** `room`: nodes would take it but are full · `place`: no other node may take it. */
  readonly lacks: 'room' | 'place';
}

/** Where pods of one kind may go while nothing has moved. */
interface Options {
  /** The first few with room, widest first: enough for every pod of one node to take a different one. */
  readonly withRoom: readonly string[];
  /** The first two that let the pod in, room or not; one may be the node that goes. */
  readonly admitting: readonly string[];
}

const firstOf = (most: number, nodes: readonly GateNode[], holds: (node: GateNode) => boolean): readonly string[] => {
  const found: string[] = [];
  for (const node of nodes) {
    if (found.length === most) break;
    if (holds(node)) found.push(node.name);
  }
  return found;
};

/** Options of a pod; looked for once for all pods that ask for the same. */
const optionFinder = (hosts: readonly GateNode[], free: ReadonlyMap<string, Room>, most: number): ((pod: GatePod) => Options) => {
  const known = new Map<string, Options>();
  const look = (pod: GatePod): Options => ({
    withRoom: firstOf(most, hosts, (node) => fits(free.get(node.name) ?? nothing, pod) && isAdmitted(pod, node)),
    admitting: firstOf(2, hosts, (node) => isAdmitted(pod, node)),
  });
  return (pod) => {
    const wishes = JSON.stringify([pod.nodeSelector, pod.tolerations, pod.requestedCpu, pod.requestedMemory]);
    const options = known.get(wishes) ?? look(pod);
    known.set(wishes, options);
    return options;
  };
};

/** Where the pods of one node go, largest first, each to the first node with room; those that go nowhere are told. */
const withoutNode = (
  node: string,
  moved: readonly GatePod[],
  optionsOf: (pod: GatePod) => Options,
  free: ReadonlyMap<string, Room>,
): readonly Homeless[] => {
  const taken = new Map<string, Room>();
  const roomOf = (name: string): Room => taken.get(name) ?? free.get(name) ?? nothing;
  const largestFirst = moved.toSorted((a, b) => b.requestedMemory - a.requestedMemory || b.requestedCpu - a.requestedCpu);
  return largestFirst.flatMap((pod): readonly Homeless[] => {
    const { withRoom, admitting } = optionsOf(pod);
    const host = withRoom.find((name) => name !== node && fits(roomOf(name), pod));
    if (host === undefined) return [{ pod, node, lacks: admitting.some((name) => name !== node) ? 'room' : 'place' }];
    taken.set(host, less(roomOf(host), pod));
    return [];
  });
};

/**
 * Takes the nodes away one at a time, in the order of a repave, and finds the pods that do not fit on the others: by requests, number of pods, taints and node selectors. Coarse:
 * affinity, volumes and extra machines of the rollout are not considered.
 */
export const homelessPods = (nodes: readonly GateNode[], pods: readonly GatePod[]): readonly Homeless[] => {
  const free = freeRooms(nodes, pods);
  const hosts = nodes.filter(({ ready, cordoned }) => ready && !cordoned);
  const widest = hosts.toSorted((a, b) => (free.get(b.name)?.memory ?? 0) - (free.get(a.name)?.memory ?? 0));
  const moved = podsMovedByNode(pods);
  const mostMoved = [...moved.values()].reduce((most, { length }) => Math.max(most, length), 0);
  const optionsOf = optionFinder(widest, free, mostMoved + 1);
  return inRepaveOrder(nodes).flatMap(({ name }) => withoutNode(name, moved.get(name) ?? [], optionsOf, free));
};
