import { type Slice, seen } from '../../../core/facts/index.ts';
import type { BackendView, ClusterView, NodeView } from '../../../core/probing/index.ts';
import type { ClusterAccess } from '../../../ports/cluster-access.ts';
import { observeServiceAccounts } from '../../configuration/objects.ts';
import { observeRbac } from '../../configuration/rbac.ts';
import { observeApiServerFlags } from './api-server-flags.ts';
import { type Backend, markForeign, nameOwners, observeBackends } from './backends.ts';
import { observeEndlessTokens } from './endless-tokens.ts';
import { observeApiServices, observeIngresses, observeNodeViews, observeServices } from './objects.ts';
import { observeOwnNodeRights } from './own-rights.ts';
import { observePods, type PodViews } from './pods.ts';

export { penetrationNeeds } from './listings.ts';

/** Where pods or nodes are unknown, nobody can tell which addresses are the cluster's own, nor whose pods they are. */
const withForeign = (
  backends: Slice<readonly Backend[]>,
  pods: Slice<PodViews>,
  nodes: Slice<readonly NodeView[]>,
): Slice<readonly BackendView[]> => {
  if (!backends.read || !pods.read) return backends;
  const { addresses } = pods.value;
  const named = nameOwners(backends.value, addresses);
  if (!nodes.read) return seen(named);
  return seen(
    nameOwners(markForeign(backends.value, new Set([...addresses.keys(), ...nodes.value.flatMap((node) => node.addresses)])), addresses),
  );
};

const partOf = <K extends keyof PodViews>(pods: Slice<PodViews>, name: K): Slice<PodViews[K]> =>
  pods.read ? seen(pods.value[name]) : pods;

/**
 * What the API says of the cluster, as far as a penetration scan needs it: some twenty requests on a small cluster, a handful at once. What cannot be read becomes an
 * unread slice that names the missing right; nothing here fails as a whole.
 */
export const observeView = async (access: ClusterAccess): Promise<ClusterView> => {
  const [
    [pods, apiServices],
    [nodes, services, ingresses, backends],
    [rbac, serviceAccounts],
    [apiServerFlags, ownNodeRights, endlessTokens],
  ] = await Promise.all([
    (async () => [await observePods(access), await observeApiServices(access)] as const)(),
    (async () =>
      [
        await observeNodeViews(access),
        await observeServices(access),
        await observeIngresses(access),
        await observeBackends(access),
      ] as const)(),
    (async () => [await observeRbac(access), await observeServiceAccounts(access)] as const)(),
    (async () => [await observeApiServerFlags(access), await observeOwnNodeRights(access), await observeEndlessTokens(access)] as const)(),
  ]);
  return {
    nodes,
    services,
    ingresses,
    hostPods: partOf(pods, 'hostPods'),
    backends: withForeign(backends, pods, nodes),
    apiServices,
    workloads: partOf(pods, 'workloads'),
    serviceAccounts,
    rbac,
    apiServerFlags,
    ownNodeRights,
    endlessTokens,
  };
};
