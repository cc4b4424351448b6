import { seen } from '../../lib/core/facts/index.ts';
import type {
  BackendView,
  ClusterView,
  Door,
  HostPod,
  IngressView,
  NodeView,
  ServicePort,
  ServiceView,
} from '../../lib/core/probing/index.ts';
import { type DerivedDoors, type DoorsInput, deriveDoors } from '../../lib/scanners/penetration/targets/index.ts';

/** A node; one whose name begins with `cp` is of the control plane. */
export const node = (name: string, addresses: readonly string[]): NodeView => ({
  uid: `uid-${name}`,
  name,
  role: name.startsWith('cp') ? 'control-plane' : 'worker',
  ready: true,
  addresses,
  kubeletPort: 10250,
  kubeletVersion: 'v1.36.3',
  containerRuntime: 'containerd://2.1.4',
  operatingSystem: 'linux',
  osImage: 'Debian',
});

export const web: ServicePort = { protocol: 'TCP', port: 80, targetPort: 8080 };
export const ssl: ServicePort = { protocol: 'TCP', port: 443, targetPort: 8443 };

/** A Service of the namespace `shop`. */
export const service = (name: string, more: Partial<ServiceView> = {}): ServiceView => ({
  uid: `uid-${name}`,
  namespace: 'shop',
  name,
  type: 'ClusterIP',
  clusterIPs: [],
  externalIPs: [],
  loadBalancerIPs: [],
  ports: [],
  selector: {},
  ...more,
});

/** An Ingress of the namespace `shop`. */
export const ingress = (name: string, hosts: readonly string[], loadBalancerIPs: readonly string[]): IngressView => ({
  uid: `uid-${name}`,
  namespace: 'shop',
  name,
  hosts,
  tlsHosts: [],
  loadBalancerIPs,
});

interface Parts {
  readonly nodes?: readonly NodeView[];
  readonly services?: readonly ServiceView[];
  readonly ingresses?: readonly IngressView[];
  readonly hostPods?: readonly HostPod[];
  readonly backends?: readonly BackendView[];
}

/** A view with these parts and one worker, everything read. */
export const cluster = ({ nodes = [node('w1', ['10.0.0.6'])], services, ingresses, hostPods, backends }: Parts): ClusterView => ({
  nodes: seen(nodes),
  services: seen(services ?? []),
  ingresses: seen(ingresses ?? []),
  hostPods: seen(hostPods ?? []),
  backends: seen(backends ?? []),
  apiServices: seen([]),
  workloads: seen([]),
  serviceAccounts: seen([]),
  rbac: seen({ roles: [], bindings: [] }),
  apiServerFlags: seen({}),
  ownNodeRights: seen([]),
  endlessTokens: seen([]),
});

/** Doors of a small cluster whose API server is at a public address, seen from outside unless told otherwise. */
export const derive = (input: Parts & Partial<DoorsInput>): DerivedDoors =>
  deriveDoors({
    view: cluster(input),
    server: 'https://198.51.100.10:6443',
    serverAddresses: [],
    allow: [],
    nodePorts: [],
    vantage: 'external',
    ...input,
  });

export const doorsAt = (doors: readonly Door[], address: string, port: number): readonly Door[] =>
  doors.filter((door) => door.address === address && door.port === port);
