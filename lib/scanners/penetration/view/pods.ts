import { type Slice, seen, type WorkloadFact } from '../../../core/facts/index.ts';
import type { BackendView, HostPod } from '../../../core/probing/index.ts';
import type { ClusterAccess } from '../../../ports/cluster-access.ts';
import { byText, readEach } from '../../configuration/listing.ts';
import { gatherWorkloads, isOver, ownerOf } from '../../configuration/workloads.ts';
import { listenPorts } from './listen-flags.ts';
import { listings } from './listings.ts';
import { type Container, Pod } from './pod-schema.ts';

/** What one pass over the pods tells. */
export interface PodViews {
  readonly workloads: readonly WorkloadFact[];
  readonly hostPods: readonly HostPod[];
  /** Addresses of running pods, as their kubelets report them, with the owner of the pod where the address is its own and not its node's. */
  readonly addresses: ReadonlyMap<string, PodOwner | undefined>;
}

/** Who made a pod. */
export type PodOwner = NonNullable<BackendView['owners']>[number];

const byNumber = (numbers: Iterable<number>): readonly number[] => [...new Set(numbers)].toSorted((a, b) => a - b);
const isLoopback = (address: string | null | undefined): boolean => /^(127\.|::1$)/.test(address ?? '');

/** Containers that run as long as the pod does. */
const lastingOf = ({ spec }: Pod): readonly Container[] => [
  ...spec.containers,
  ...(spec.initContainers ?? []).filter(({ restartPolicy }) => restartPolicy === 'Always'),
];

/** TCP ports that a container has of its node: port of the node, then its own. */
const nodePortsOf = ({ ports }: Container, hostNetwork: boolean): readonly (readonly [number, number])[] =>
  (ports ?? []).flatMap(({ containerPort, hostPort, hostIP, protocol }) => {
    const port = hostPort || (hostNetwork ? containerPort : undefined);
    return port && (protocol ?? 'TCP') === 'TCP' && !isLoopback(hostIP) ? [[port, containerPort ?? port] as const] : [];
  });

const hostPodOf = (pod: Pod): HostPod | undefined => {
  const { metadata, spec } = pod;
  const hostNetwork = spec.hostNetwork ?? false;
  const lasting = lastingOf(pod);
  const declared = lasting.flatMap((container) => nodePortsOf(container, hostNetwork));
  if (!spec.nodeName || (!hostNetwork && declared.length === 0)) return undefined;
  const behind = Object.fromEntries(declared.filter(([port, own]) => port !== own));
  return {
    namespace: metadata.namespace,
    ...ownerOf(pod),
    node: spec.nodeName,
    hostNetwork,
    ports: byNumber([...declared.map(([port]) => port), ...lasting.flatMap(({ args }) => (hostNetwork ? listenPorts(args ?? []) : []))]),
    ...(Object.keys(behind).length > 0 ? { containerPorts: behind } : {}),
    images: [...new Set(lasting.map(({ image }) => image ?? ''))].toSorted(byText),
  };
};

const orderOf = ({ node, namespace, kind, name }: HostPod): string => `${node}/${namespace}/${kind}/${name}`;

/** Everything the pods tell, in one pass over them. Pods that are over are left out. */
export const observePods = async (access: ClusterAccess): Promise<Slice<PodViews>> => {
  const gathered = gatherWorkloads();
  const hostPods: HostPod[] = [];
  const addresses = new Map<string, PodOwner | undefined>();
  const owners = new Map<string, PodOwner>();
  // one object for all pods of an owner
  const ownerOfPod = (pod: Pod): PodOwner | undefined => {
    if (pod.spec.hostNetwork) return undefined;
    const { namespace } = pod.metadata;
    const { kind, name } = ownerOf(pod);
    const key = `${namespace}/${kind}/${name}`;
    const owner = owners.get(key) ?? { namespace, kind, name };
    owners.set(key, owner);
    return owner;
  };
  const add = (pod: Pod): void => {
    if (isOver(pod)) return;
    gathered.add(pod);
    for (const { ip } of pod.status?.podIPs ?? []) if (ip) addresses.set(ip, ownerOfPod(pod));
    const hostPod = hostPodOf(pod);
    if (hostPod) hostPods.push(hostPod);
  };
  const forget = (): void => {
    gathered.forget();
    hostPods.splice(0);
    addresses.clear();
  };
  const read = await readEach(access, listings.pods, Pod, add, forget);
  if (!read.read) return read;
  return seen({ workloads: gathered.workloads(), hostPods: hostPods.toSorted((a, b) => byText(orderOf(a), orderOf(b))), addresses });
};
