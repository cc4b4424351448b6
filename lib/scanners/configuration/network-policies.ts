import type { NetworkPolicyFact, Slice } from '../../core/facts/index.ts';
import { seen } from '../../core/facts/index.ts';
import type { ClusterAccess } from '../../ports/cluster-access.ts';
import { byText, given, inTurn, type Listing, readAll, together } from './listing.ts';
import { Named } from './workload-schema.ts';

/** A kind of network policy, with the name a report gives it: `NetworkPolicy` of Kubernetes and of Calico are not the same. */
type PolicyKind = Listing & { readonly kind: string };

const kind = (group: string, version: string, resource: string, name: string): PolicyKind => ({
  group,
  version,
  resource,
  kind: name,
  feeds: ['networkPolicies'],
  purpose: 'which namespaces have a network policy',
});

const standard = kind('networking.k8s.io', 'v1', 'networkpolicies', 'NetworkPolicy');
/** What CNI plugins and the network policy working group add; asked for only where the group and version are served. */
const additional: readonly PolicyKind[] = [
  kind('cilium.io', 'v2', 'ciliumnetworkpolicies', 'CiliumNetworkPolicy'),
  kind('cilium.io', 'v2', 'ciliumclusterwidenetworkpolicies', 'CiliumClusterwideNetworkPolicy'),
  kind('crd.projectcalico.org', 'v1', 'networkpolicies', 'Calico NetworkPolicy'),
  kind('crd.projectcalico.org', 'v1', 'globalnetworkpolicies', 'Calico GlobalNetworkPolicy'),
  kind('projectcalico.org', 'v3', 'networkpolicies', 'Calico NetworkPolicy'),
  kind('projectcalico.org', 'v3', 'globalnetworkpolicies', 'Calico GlobalNetworkPolicy'),
  kind('crd.antrea.io', 'v1beta1', 'networkpolicies', 'Antrea NetworkPolicy'),
  kind('crd.antrea.io', 'v1beta1', 'clusternetworkpolicies', 'Antrea ClusterNetworkPolicy'),
  kind('policy.networking.k8s.io', 'v1alpha1', 'adminnetworkpolicies', 'AdminNetworkPolicy'),
  kind('policy.networking.k8s.io', 'v1alpha1', 'baselineadminnetworkpolicies', 'BaselineAdminNetworkPolicy'),
  kind('policy.networking.k8s.io', 'v1alpha2', 'clusternetworkpolicies', 'ClusterNetworkPolicy'),
];
export const networkPolicyListings: readonly Listing[] = [standard, ...additional];

/** Calico's API server serves the stored objects a second time; one look is enough. */
const isCopy = ({ group }: PolicyKind, served: ReadonlyMap<string, readonly string[]>): boolean =>
  group === 'projectcalico.org' && served.has('crd.projectcalico.org');

/** Network policies of every kind that is served, by metadata. A kind that is served but not readable leaves the slice unread: a namespace might have one. */
export const observeNetworkPolicies = async (
  access: ClusterAccess,
  served: ReadonlyMap<string, readonly string[]>,
): Promise<Slice<readonly NetworkPolicyFact[]>> => {
  const asked = additional.filter((one) => served.get(one.group)?.includes(one.version) && !isCopy(one, served));
  const lists = await inTurn(
    [standard, ...asked].map(
      (one) => async () =>
        readAll(
          access,
          one,
          Named,
          ({ metadata }) => given<NetworkPolicyFact>({ kind: one.kind, namespace: metadata.namespace ?? undefined, name: metadata.name }),
          { metadataOnly: true, mayBeMissing: one !== standard },
        ),
    ),
    2,
  );
  const read = together(Object.fromEntries(lists.entries()));
  if (!read.read) return read;
  const order = ({ namespace = '', kind: of, name }: NetworkPolicyFact) => `${namespace}/${of}/${name}`;
  return seen(
    Object.values(read.value)
      .flat()
      .toSorted((a, b) => byText(order(a), order(b))),
  );
};
