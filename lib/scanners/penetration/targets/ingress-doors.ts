import type { Door, IngressView, ServiceView } from '../../../core/probing/index.ts';
import { bounds } from './bounds.ts';
import { listOf, type NodeAt, type Scene } from './scene.ts';

/** An address and port at which a controller takes requests, and which of the two usual ports that is. */
interface Front {
  readonly address: string;
  readonly port: number;
  readonly usual: number;
}

const usualPorts = [80, 443];
/** Software that serves Ingresses, by the names it goes by. */
const looksLikeController = (...texts: readonly string[]): boolean =>
  texts.some((text) => /ingress|traefik|contour|envoy|kong|haproxy|nginx|gateway/i.test(text));

const label = '[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?';
const hostPattern = new RegExp(`^(\\*\\.)?(${label}\\.)*(?!\\d+$)${label}$`);
/** A name nobody has, for a wildcard. */
const madeUp = 'gatehouse-probe';

/** The name to ask for; the empty one is every name, and a wildcard is asked for one that is made up. Undefined when it is no host name. */
const hostOf = (host: string): string | undefined => {
  if (host === '') return '';
  if (host.length > 253 || !hostPattern.test(host)) return undefined;
  return host.startsWith('*.') ? `${madeUp}${host.slice(1)}` : host;
};

const onNodes = (nodes: readonly NodeAt[], port: number, usual: number): readonly Front[] =>
  nodes.flatMap(({ addresses }) => addresses.map((address) => ({ address, port, usual })));

const frontsOfService = (scene: Scene, service: ServiceView): readonly Front[] =>
  service.ports
    .filter(({ port, protocol }) => protocol === 'TCP' && usualPorts.includes(port))
    .flatMap(({ port, nodePort }) => {
      const claimed = [...service.loadBalancerIPs, ...service.externalIPs].map(scene.networks.claimed);
      const balanced = claimed.flatMap((verdict) => (verdict.ok ? [{ address: verdict.address, port, usual: port }] : []));
      return balanced.length > 0 || nodePort === undefined ? balanced : onNodes(scene.nodes, nodePort, port);
    });

/** Where controllers take requests, for Ingresses that do not say so: by their Services, and by ports they have of their nodes. */
const findFronts = (scene: Scene, isRefused: (service: ServiceView) => boolean): readonly Front[] => {
  const services = listOf(scene.view.services)
    .filter(({ name, selector }) => looksLikeController(name, ...Object.values(selector)))
    .filter((service) => !isRefused(service))
    .flatMap((service) => frontsOfService(scene, service));
  const byName = new Map(scene.nodes.map((at) => [at.node.name, at]));
  const pods = listOf(scene.view.hostPods)
    .filter(({ name, images }) => looksLikeController(name, ...images))
    .flatMap(({ node, ports }) => {
      const at = byName.get(node);
      return at ? usualPorts.filter((port) => ports.includes(port)).flatMap((port) => onNodes([at], port, port)) : [];
    });
  return [...services, ...pods];
};

/** The first few of each usual port. */
const few = (fronts: readonly Front[]): readonly Front[] =>
  usualPorts.flatMap((usual) => {
    const once = new Map(fronts.filter((front) => front.usual === usual).map((front) => [`${front.address} ${front.port}`, front]));
    return [...once.values()].slice(0, bounds.addressesPerHost);
  });

const frontsOf = ({ book, networks }: Scene, ingress: IngressView, found: readonly Front[]): readonly Front[] => {
  const own = book.accept(`Ingress ${ingress.namespace}/${ingress.name}`, ingress.loadBalancerIPs, networks.claimed);
  const stated = own.flatMap((address) => usualPorts.map((port) => ({ address, port, usual: port })));
  // some controllers put addresses of nodes into the status and listen at a NodePort there
  return few(own.some((address) => !networks.isNode(address)) ? stated : [...stated, ...found]);
};

const doorFor = ({ uid, namespace, name }: IngressView, host: string, { address, port, usual }: Front): Door => ({
  address,
  port,
  transport: 'tcp',
  ...(host === '' ? {} : { host }),
  place: 'published',
  subject: { kind: 'Ingress', namespace, name, port: `${usual}/tcp` },
  owner: uid,
  hints: [usual],
  published: true,
});

/** What Ingresses publish: their names, asked for at addresses of the controllers and never resolved. */
export const addIngressDoors = (scene: Scene, isRefused: (service: ServiceView) => boolean): void => {
  const ingresses = listOf(scene.view.ingresses);
  const found = ingresses.length > 0 ? findFronts(scene, isRefused) : [];
  const asked = new Set<string>();
  let left = 0;
  for (const ingress of ingresses) {
    const fronts = frontsOf(scene, ingress, found);
    for (const written of ingress.hosts) {
      const host = hostOf(written);
      if (host === undefined) scene.book.refuse(`Ingress ${ingress.namespace}/${ingress.name}`, written, 'It is no host name.');
      else if (fronts.length > 0 && !asked.has(host) && asked.size >= bounds.ingressHosts) left += 1;
      else {
        if (fronts.length > 0) asked.add(host);
        for (const front of fronts) scene.book.add(doorFor(ingress, host, front));
      }
    }
  }
  if (left > 0)
    scene.book.refuse('Ingresses', `${left} host names`, `One scan asks for ${bounds.ingressHosts} host names; name some with --targets.`);
};
