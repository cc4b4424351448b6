import type { Door, ServicePort, ServiceView } from '../../../core/probing/index.ts';
import { bounds } from './bounds.ts';
import { listOf, type Scene, serviceName } from './scene.ts';
import { hintsOf, serviceDoor } from './service-doors.ts';

/** What is known of the pod that looks. */
export interface PodNetwork {
  /** The namespace it runs in; what it reaches in others is what a NetworkPolicy should stop. */
  readonly namespace: string;
}

const metadataAddresses = { v4: '169.254.169.254', v6: 'fd00:ec2::254' } as const;
const dnsPort = 53;

const isDns = ({ namespace, name, selector, ports }: ServiceView): boolean =>
  namespace === 'kube-system' &&
  ports.some(({ port }) => port === dnsPort) &&
  [name, selector['k8s-app'], selector['app.kubernetes.io/name']].some((text) => /^(kube-dns|coredns)$|coredns/.test(text ?? ''));
const isApi = ({ namespace, name }: ServiceView): boolean => namespace === 'default' && name === 'kubernetes';

const metadataDoor = (address: string): Door => ({
  address,
  port: 80,
  transport: 'tcp',
  place: 'metadata',
  subject: { kind: 'Cluster', name: 'instance metadata', port: '80/tcp' },
  owner: 'instance-metadata',
  hints: [],
  published: false,
});

const tcpPorts = ({ ports }: ServiceView): readonly ServicePort[] =>
  ports.filter(({ protocol }) => protocol === 'TCP').slice(0, bounds.portsPerService);

const addClusterIPs = ({ book, networks, backendOf }: Scene, service: ServiceView): void => {
  const backendPorts = backendOf(service)?.ports ?? [];
  for (const address of book.accept(serviceName(service), service.clusterIPs, networks.given))
    for (const port of tcpPorts(service)) {
      const hints = hintsOf(service, port, backendPorts);
      book.add(serviceDoor(service, port, { address, port: port.port, transport: 'tcp', place: 'service', published: false, hints }));
    }
};

const addDns = ({ book, networks }: Scene, service: ServiceView): void => {
  for (const address of book.accept(serviceName(service), service.clusterIPs, networks.given))
    for (const transport of ['udp', 'tcp'] as const) {
      const port = { protocol: transport.toUpperCase(), port: dnsPort, targetPort: dnsPort };
      book.add(serviceDoor(service, port, { address, port: dnsPort, transport, place: 'dns', published: false, hints: [] }));
    }
};

/** Port at which a pod takes what a port of its Service gets, where that is plain. */
const podPort = ({ ports }: ServiceView, { targetPort }: ServicePort, backendPorts: readonly number[]): number | undefined => {
  if (typeof targetPort === 'number' && backendPorts.includes(targetPort)) return targetPort;
  return ports.length === 1 ? backendPorts[0] : undefined;
};

/** One running pod of a Service without its Service: a policy may guard the one and not the other. */
const addPod = ({ book, networks, backendOf }: Scene, service: ServiceView): boolean => {
  const { addresses = [], foreign, ports = [] } = backendOf(service) ?? {};
  // where nobody knows which addresses are pods', none is taken
  const own = foreign ? addresses.filter((address) => !foreign.includes(address)) : [];
  const [pod] = own.map(networks.node).flatMap((verdict) => (verdict.ok && !networks.isNode(verdict.address) ? [verdict.address] : []));
  if (pod === undefined) return false;
  const reached = tcpPorts(service).flatMap((port) => {
    const at = podPort(service, port, ports);
    return at === undefined ? [] : [{ port, at }];
  });
  for (const { port, at } of reached) {
    const hints = hintsOf(service, port, []);
    book.add(serviceDoor(service, port, { address: pod, port: at, transport: 'tcp', place: 'service', published: false, hints }));
  }
  return reached.length > 0;
};

/** Services of namespaces other than the pod's own, a few of each. */
const sampleOf = (services: readonly ServiceView[], { namespace: own }: PodNetwork): readonly (readonly ServiceView[])[] => {
  const others = services.filter(
    (one) => one.namespace !== own && one.clusterIPs.length > 0 && !isApi(one) && !isDns(one) && tcpPorts(one).length > 0,
  );
  return [...Map.groupBy(others, ({ namespace }) => namespace).values()].slice(0, bounds.namespaces);
};

const hasIPv6 = ({ view, nodes }: Scene): boolean =>
  [...nodes.flatMap(({ addresses }) => addresses), ...listOf(view.services).flatMap(({ clusterIPs }) => clusterIPs)].some((address) =>
    address.includes(':'),
  );

/** What only a pod can reach: cluster IPs, the cluster's DNS, pods of others, and what clouds tell their machines. Bounded, see `bounds`. */
export const addInsideDoors = (scene: Scene, isRefused: (service: ServiceView) => boolean, pod: PodNetwork): void => {
  const services = listOf(scene.view.services);
  scene.book.add(metadataDoor(metadataAddresses.v4));
  if (hasIPv6(scene)) scene.book.add(metadataDoor(metadataAddresses.v6));
  for (const service of services.filter(isApi).filter((one) => !isRefused(one))) addClusterIPs(scene, service);
  for (const service of services.filter(isDns).filter((one) => !isRefused(one))) {
    addDns(scene, service);
    addClusterIPs(scene, service);
  }
  for (const ofNamespace of sampleOf(services, pod)) {
    const safe = ofNamespace.filter((service) => !isRefused(service));
    for (const service of safe.slice(0, bounds.servicesPerNamespace)) addClusterIPs(scene, service);
    let pods = 0;
    for (const service of safe) if (pods < bounds.podsPerNamespace && addPod(scene, service)) pods += 1;
  }
};
