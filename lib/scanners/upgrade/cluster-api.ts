import { type Slice, seen } from '../../core/facts/index.ts';
import type { ClusterApiFact, GateFacts, ServedApi } from '../../core/gate/index.ts';
import type { ClusterAccess } from '../../ports/cluster-access.ts';
import { byText, given, inTurn, type Listing, readAll, together } from '../configuration/listing.ts';
import { ClusterApiObject } from './cluster-api-schema.ts';

type ObjectFact = ClusterApiFact['objects'][number];

/** What is read of Cluster API, where it is served. */
const resources: Readonly<Record<string, readonly string[]>> = {
  'cluster.x-k8s.io': ['clusterclasses', 'clusters', 'machinedeployments', 'machinepools', 'machines', 'machinesets'],
  'clusterctl.cluster.x-k8s.io': ['providers'],
  'controlplane.cluster.x-k8s.io': ['kubeadmcontrolplanes'],
  'infrastructure.cluster.x-k8s.io': ['vsphereclusters'],
};
const listingOf = (group: string, version: string, resource: string): Listing => ({
  group,
  version,
  resource,
  feeds: ['clusterApi'],
  purpose: 'clusters and machines that Cluster API keeps',
});
/** Everything that may be listed; the version depends on the cluster and says nothing about the right. */
export const clusterApiListings: readonly Listing[] = Object.entries(resources).flatMap(([group, names]) =>
  names.map((resource) => listingOf(group, '', resource)),
);

interface Found {
  readonly listing: Listing;
  readonly kind: string;
}
/** The lists that the cluster has, each in the version that the server prefers. */
const servedOf = (served: readonly ServedApi[]): readonly Found[] => {
  const found = new Map<string, Found>();
  for (const { groupVersion, resources: own } of served) {
    const [group = '', version = ''] = groupVersion.split('/');
    for (const { name, kind, verbs } of own) {
      const key = `${group}/${name}`;
      if (resources[group]?.includes(name) && verbs.includes('list') && !found.has(key))
        found.set(key, { listing: listingOf(group, version, name), kind });
    }
  }
  return [...found.values()];
};

const units: Readonly<Record<string, number>> = { h: 3600, m: 60, s: 1, ms: 1e-3, us: 1e-6, µs: 1e-6, ns: 1e-9 };
/** Seconds of a duration as Go writes it, `1h30m`; undefined when it is none. */
export const secondsOf = (text: string | null | undefined): number | undefined => {
  if (text === '0') return 0;
  if (!text || text.length > 64 || !/^(?:\d+(?:\.\d+)?(?:h|ms|m|s|us|µs|ns))+$/.test(text)) return undefined;
  return [...text.matchAll(/(\d+(?:\.\d+)?)(h|ms|m|s|us|µs|ns)/g)].reduce(
    (sum, [, number, unit = '']) => sum + Number(number) * (units[unit] ?? 0),
    0,
  );
};

const drainOf = (spec: NonNullable<ClusterApiObject['spec']>): number | undefined => {
  const places = [spec, spec.template?.spec, spec.machineTemplate?.spec, spec.machineTemplate];
  const seconds = places.map((place) => (place && 'deletion' in place ? place.deletion?.nodeDrainTimeoutSeconds : undefined));
  const durations = places.map((place) => secondsOf(place?.nodeDrainTimeout));
  return [...seconds, ...durations].find((one) => one !== undefined && one !== null) ?? undefined;
};

const conditionsOf = ({ status }: ClusterApiObject): ObjectFact['conditions'] =>
  Object.fromEntries(
    [...(status?.conditions ?? []), ...(status?.v1beta2?.conditions ?? [])].map(({ type, status: state, reason, message }) => [
      type,
      given<ObjectFact['conditions'][string]>({ status: state, reason: reason || undefined, message: message || undefined }),
    ]),
  );

const objectOf =
  ({ listing, kind }: Found) =>
  (object: ClusterApiObject): ObjectFact => {
    const { metadata, spec, status } = object;
    const { annotations } = metadata;
    return given<ObjectFact>({
      kind,
      apiVersion: `${listing.group}/${listing.version}`,
      namespace: metadata.namespace || undefined,
      name: metadata.name,
      cluster: kind === 'Cluster' ? metadata.name : metadata.labels?.['cluster.x-k8s.io/cluster-name'] || undefined,
      version:
        spec?.topology?.version || spec?.version || spec?.template?.spec?.version || object.version || status?.vCenterVersion || undefined,
      paused: (spec?.paused ?? false) || 'cluster.x-k8s.io/paused' in annotations,
      annotations,
      conditions: conditionsOf(object),
      replicas: spec?.replicas ?? status?.replicas ?? undefined,
      readyReplicas: status?.readyReplicas ?? undefined,
      nodeDrainTimeoutSeconds: spec ? drainOf(spec) : undefined,
      certificatesExpireAt: status?.certificatesExpiryDate || annotations['machine.cluster.x-k8s.io/certificates-expiry'] || undefined,
      deleting: Boolean(metadata.deletionTimestamp),
    });
  };

const orderOf = ({ kind, namespace = '', name }: ObjectFact): string => `${kind}/${namespace}/${name}`;

/** Objects of Cluster API, where the cluster has any. */
export const observeClusterApi = async (access: ClusterAccess, served: Slice<readonly ServedApi[]>): Promise<GateFacts['clusterApi']> => {
  if (!served.read) return served;
  const found = servedOf(served.value);
  const lists = await inTurn(
    found.map((one) => () => readAll(access, one.listing, ClusterApiObject, objectOf(one), { mayBeMissing: true })),
  );
  const all = together(Object.fromEntries(lists.entries()) as Record<string, Slice<readonly ObjectFact[]>>);
  if (!all.read) return all;
  const isInstalled = found.some(({ listing }) => listing.group === 'cluster.x-k8s.io');
  return seen({
    isInstalled,
    objects: Object.values(all.value)
      .flat()
      .toSorted((a, b) => byText(orderOf(a), orderOf(b))),
  });
};
