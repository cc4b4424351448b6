import { type Address, isWithin, type Range, readAddress } from '../../../core/address.ts';
import type { Door, ServicePort, ServiceView } from '../../../core/probing/index.ts';
import { bounds } from './bounds.ts';
import { listOf, type NodeAt, type Scene, serviceName } from './scene.ts';
import { networkAround, spellRange } from './spelling.ts';

/** What is known to be behind a port of a Service: itself, its target, and where the target is a name or stands alone, what its endpoints say. */
export const hintsOf = (service: ServiceView, { port, targetPort }: ServicePort, backendPorts: readonly number[]): readonly number[] => {
  const target = typeof targetPort === 'number' ? [targetPort] : [];
  return [port, ...target, ...(target.length === 0 || service.ports.length === 1 ? backendPorts.slice(0, bounds.hints) : [])];
};

/** Transport of a port that is looked at: TCP, and UDP where some probe asks what is behind it. SCTP is nobody's. */
export const transportOf = (
  { protocol }: ServicePort,
  hints: readonly number[],
  udpPorts: readonly number[],
): Door['transport'] | undefined => {
  if (protocol === 'TCP') return 'tcp';
  return protocol === 'UDP' && hints.some((port) => udpPorts.includes(port)) ? 'udp' : undefined;
};

export const serviceDoor = (
  { uid, namespace, name }: ServiceView,
  { port: servicePort }: ServicePort,
  at: Pick<Door, 'address' | 'port' | 'transport' | 'place' | 'published'> & { readonly hints: readonly number[] },
): Door => ({
  ...at,
  hints: [...at.hints],
  subject: { kind: 'Service', namespace, name, port: `${servicePort}/${at.transport}` },
  owner: uid,
});

/** Around pods that are known to run: a pod that has just started is in one of these and in no list yet. */
const podNetworks = ({ view }: Scene): readonly Range[] => {
  const own = listOf(view.backends).flatMap(({ addresses, foreign }) => {
    const others = new Set(foreign);
    return foreign ? addresses.filter((one) => !others.has(one)) : [];
  });
  const ranges = own.flatMap((text) => readAddress(text) ?? []).map(networkAround);
  return [...new Map(ranges.map((range) => [spellRange(range), range])).values()];
};

/**
 * Says of each Service whether it leads out of the cluster: whoever may write EndpointSlices could make a node hand on to anybody what is sent to its NodePort. Such a
 * Service is refused, unless where it leads is allowed.
 */
export const leadsOut = (scene: Scene): ((service: ServiceView) => boolean) => {
  const pods = podNetworks(scene);
  const isNearPods = (address: Address | undefined): boolean => address !== undefined && pods.some((range) => isWithin(address, range));
  return (service) => {
    const foreign = scene.backendOf(service)?.foreign ?? [];
    const outside = foreign.find((text) => !isNearPods(readAddress(text)) && !scene.networks.endpoint(text).ok);
    if (outside !== undefined)
      scene.book.refuse(
        serviceName(service),
        outside,
        'The Service leads on to this address, which is neither a pod’s nor a node’s, so nothing is sent to the Service; name the address with --allow if it is yours.',
      );
    return outside !== undefined;
  };
};

const hasNodePorts = ({ type }: ServiceView): boolean => type === 'NodePort' || type === 'LoadBalancer';

/** Counts doors at addresses that Services claim; `take` says whether there may be one more. */
const claimsOf = ({ book }: Scene) => {
  let inAll = 0;
  return (service: ServiceView) => {
    let own = 0;
    return {
      take: (): boolean => {
        const isFree = own < bounds.claimedDoorsPerService && inAll < bounds.claimedDoors;
        if (isFree) inAll += 1;
        own += 1;
        if (!isFree)
          book.refuse(
            serviceName(service),
            'more ports',
            `Of one Service ${bounds.claimedDoorsPerService} ports at its addresses are knocked at, and of all ${bounds.claimedDoors}.`,
          );
        return isFree;
      },
    };
  };
};
type Claims = ReturnType<ReturnType<typeof claimsOf>>;

const addPublished = (scene: Scene, service: ServiceView, nodes: readonly NodeAt[], claims: Claims): void => {
  const { book, networks, udpPorts } = scene;
  const balancers = service.type === 'LoadBalancer' ? service.loadBalancerIPs : [];
  const claimed = book.accept(serviceName(service), [...balancers, ...service.externalIPs], networks.claimed);
  const backendPorts = scene.backendOf(service)?.ports ?? [];
  for (const port of service.ports) {
    const hints = hintsOf(service, port, backendPorts);
    const transport = transportOf(port, hints, udpPorts);
    if (transport === undefined) continue;
    const add = (address: string, at: number) =>
      book.add(serviceDoor(service, port, { address, port: at, transport, place: 'published', published: true, hints }));
    for (const address of claimed) if (claims.take()) add(address, port.port);
    if (port.nodePort !== undefined && hasNodePorts(service))
      for (const { addresses } of nodes) for (const one of addresses) add(one, port.nodePort);
  }
};

/** Whether anything of a Service is meant to be reached from outside. */
const isPublished = (service: ServiceView): boolean => hasNodePorts(service) || service.externalIPs.length > 0;

/** The nodes at which NodePorts are tried. */
const nodesFor = ({ nodes, book }: Scene, services: readonly ServiceView[]): readonly NodeAt[] => {
  const count = services
    .filter(hasNodePorts)
    .reduce((sum, { ports }) => sum + ports.filter(({ nodePort }) => nodePort !== undefined).length, 0);
  const most = Math.max(bounds.addressesPerHost, Math.floor(bounds.nodePortDoors / Math.max(count, 1)));
  if (nodes.length > most)
    book.refuse(
      'NodePorts',
      `${nodes.length - most} nodes`,
      `Of ${count} NodePorts each is tried on ${most} nodes only; all nodes hand on alike.`,
    );
  return nodes.slice(0, most);
};

/** What Services publish: NodePorts on nodes, addresses of load balancers, external IPs. */
export const addServiceDoors = (scene: Scene, isRefused: (service: ServiceView) => boolean): void => {
  const services = listOf(scene.view.services).filter((service) => isPublished(service) && !isRefused(service));
  const nodes = nodesFor(scene, services);
  const claims = claimsOf(scene);
  for (const service of services) addPublished(scene, service, nodes, claims(service));
};
