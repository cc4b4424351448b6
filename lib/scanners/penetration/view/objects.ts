import { type Slice, seen } from '../../../core/facts/index.ts';
import type { ApiServiceView, IngressView, NodeView, ServicePort, ServiceView } from '../../../core/probing/index.ts';
import type { ClusterAccess } from '../../../ports/cluster-access.ts';
import { byText, given, readAll } from '../../configuration/listing.ts';
import { commonOf } from '../../configuration/nodes.ts';
import { listings } from './listings.ts';
import { ApiService, Ingress, Node, Service } from './schema.ts';

const unique = <T>(values: readonly T[]): readonly T[] => [...new Set(values)];

/** The list in one order, whatever the order of the answer. */
const inOrder = <T>(slice: Slice<readonly T[]>, name: (one: T) => string): Slice<readonly T[]> =>
  slice.read ? seen(slice.value.toSorted((a, b) => byText(name(a), name(b)))) : slice;
const placeOf = ({ namespace, name }: { readonly namespace: string; readonly name: string }): string => `${namespace}/${name}`;

/** Characters of the name of an operating system: a kubelet writes it itself. */
const mostOsImage = 100;

const nodeOf = ({ metadata, status }: Node): NodeView =>
  given<NodeView>({
    uid: metadata.uid,
    ...commonOf({ metadata, status }),
    addresses: unique(
      (status.addresses ?? []).flatMap(({ type, address }) => (type === 'InternalIP' || type === 'ExternalIP' ? [address] : [])),
    ),
    kubeletVersion: status.nodeInfo.kubeletVersion,
    kubeProxyVersion: status.nodeInfo.kubeProxyVersion || undefined,
    containerRuntime: status.nodeInfo.containerRuntimeVersion,
    operatingSystem: status.nodeInfo.operatingSystem,
    osImage: status.nodeInfo.osImage.slice(0, mostOsImage),
  });

/** All nodes, by name. */
export const observeNodeViews = async (access: ClusterAccess): Promise<Slice<readonly NodeView[]>> =>
  inOrder(await readAll(access, listings.nodes, Node, nodeOf), ({ name }) => name);

const loadBalancerIPs = ({ status }: Service | Ingress): readonly string[] =>
  unique((status?.loadBalancer?.ingress ?? []).flatMap(({ ip }) => ip || []));

const portOf = (port: NonNullable<Service['spec']['ports']>[number]): ServicePort =>
  given<ServicePort>({
    name: port.name || undefined,
    appProtocol: port.appProtocol ?? undefined,
    protocol: port.protocol ?? 'TCP',
    port: port.port,
    targetPort: port.targetPort || port.port,
    nodePort: port.nodePort || undefined,
  });

const serviceOf = (service: Service): ServiceView => {
  const { metadata, spec } = service;
  return given<ServiceView>({
    ...metadata,
    type: spec.type ?? 'ClusterIP',
    // headless Services write "None", and ExternalName ones nothing
    clusterIPs: (spec.clusterIPs ?? [spec.clusterIP ?? '']).filter((ip) => ip !== '' && ip !== 'None'),
    externalIPs: spec.externalIPs ?? [],
    loadBalancerIPs: loadBalancerIPs(service),
    externalTrafficPolicy: spec.externalTrafficPolicy ?? undefined,
    ports: (spec.ports ?? []).map(portOf),
    selector: spec.selector ?? {},
  });
};

/** All Services, by namespace and name. */
export const observeServices = async (access: ClusterAccess): Promise<Slice<readonly ServiceView[]>> =>
  inOrder(await readAll(access, listings.services, Service, serviceOf), placeOf);

const ingressOf = (ingress: Ingress): IngressView => ({
  ...ingress.metadata,
  // no rule at all is a default backend, which answers to every name
  hosts: unique(
    (ingress.spec?.rules?.length ? ingress.spec.rules : [{}]).map(({ host }: { host?: string | null | undefined }) => host ?? ''),
  ),
  tlsHosts: unique((ingress.spec?.tls ?? []).flatMap(({ hosts }) => hosts ?? [])),
  loadBalancerIPs: loadBalancerIPs(ingress),
});

/** All Ingresses, by namespace and name. */
export const observeIngresses = async (access: ClusterAccess): Promise<Slice<readonly IngressView[]>> =>
  inOrder(await readAll(access, listings.ingresses, Ingress, ingressOf, { mayBeMissing: true }), placeOf);

const apiServiceOf = ({ metadata, spec, status }: ApiService): ApiServiceView => {
  const available = status?.conditions?.find(({ type }) => type === 'Available');
  return given<ApiServiceView>({
    name: metadata.name,
    service: spec.service ? `${spec.service.namespace ?? ''}/${spec.service.name ?? ''}` : undefined,
    insecureSkipTLSVerify: spec.insecureSkipTLSVerify ?? false,
    available: available?.status === 'True',
    reason: available?.reason || undefined,
  });
};

/** All groups and versions of the API, by name. */
export const observeApiServices = async (access: ClusterAccess): Promise<Slice<readonly ApiServiceView[]>> =>
  inOrder(await readAll(access, listings.apiServices, ApiService, apiServiceOf, { mayBeMissing: true }), ({ name }) => name);
