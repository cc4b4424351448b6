import type { RbacSlices, WorkloadSlices } from '../../core/facts/index.ts';
import { seen } from '../../core/facts/index.ts';
import type { Need } from '../../core/need.ts';
import type { ClusterAccess } from '../../ports/cluster-access.ts';
import { admissionListings, observeAdmission } from './admission.ts';
import { defaultNamespaceListings, observeDefaultNamespace } from './default-namespace.ts';
import { needOf } from './listing.ts';
import { networkPolicyListings, observeNetworkPolicies } from './network-policies.ts';
import {
  objectListings,
  observeApis,
  observeCertificateRequests,
  observeNamespaces,
  observeServiceAccounts,
  observeTokenSecrets,
  tokenSecretListings,
} from './objects.ts';
import { observeRbac, rbacListings } from './rbac.ts';
import { observeWorkloads, podListing } from './workloads.ts';

/** The rights that `observeClusterObjects` uses, besides those to read Secrets. Discovery is open to everyone who can log in. */
export const clusterObjectNeeds: readonly Need[] = [
  podListing,
  ...objectListings,
  ...rbacListings,
  ...admissionListings,
  ...networkPolicyListings,
  ...defaultNamespaceListings,
].map(needOf);

/** The rights to look for token Secrets. Kubernetes cannot grant metadata only, so they are for whoever accepts that. */
export const tokenSecretNeeds: readonly Need[] = tokenSecretListings.map(needOf);

/**
 * Reads what the API says of workloads, rights and policies: some 28 requests on a small cluster, at most a handful at once. What cannot be
 * read becomes an unread slice with its reason; nothing here fails as a whole.
 */
export const observeClusterObjects = async (access: ClusterAccess): Promise<WorkloadSlices & RbacSlices> => {
  const apis = await observeApis(access);
  const [
    workloads,
    rbac,
    admission,
    [namespaces, serviceAccounts],
    [tokenSecrets, certificateRequests],
    [networkPolicies, defaultNamespace],
  ] = await Promise.all([
    observeWorkloads(access),
    observeRbac(access),
    observeAdmission(access),
    (async () => [await observeNamespaces(access), await observeServiceAccounts(access)] as const)(),
    (async () => [await observeTokenSecrets(access), await observeCertificateRequests(access)] as const)(),
    (async () => [apis.read ? await observeNetworkPolicies(access, apis.value) : apis, await observeDefaultNamespace(access)] as const)(),
  ]);
  return {
    workloads,
    rbac,
    admission,
    namespaces,
    serviceAccounts,
    tokenSecrets,
    certificateRequests,
    networkPolicies,
    defaultNamespace,
    apiGroups: apis.read ? seen([...apis.value.keys()]) : apis,
  };
};
