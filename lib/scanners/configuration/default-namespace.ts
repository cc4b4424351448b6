import type { DefaultNamespaceObject, Slice } from '../../core/facts/index.ts';
import { seen } from '../../core/facts/index.ts';
import type { ClusterAccess } from '../../ports/cluster-access.ts';
import { byText, inTurn, type Listing, readAll, together } from './listing.ts';
import { Named } from './workload-schema.ts';

const kinds: readonly (readonly [kind: string, group: string, resource: string])[] = [
  ['Pod', '', 'pods'],
  ['Service', '', 'services'],
  ['ConfigMap', '', 'configmaps'],
  ['ServiceAccount', '', 'serviceaccounts'],
  ['PersistentVolumeClaim', '', 'persistentvolumeclaims'],
  ['Deployment', 'apps', 'deployments'],
  ['ReplicaSet', 'apps', 'replicasets'],
  ['StatefulSet', 'apps', 'statefulsets'],
  ['DaemonSet', 'apps', 'daemonsets'],
  ['Job', 'batch', 'jobs'],
  ['CronJob', 'batch', 'cronjobs'],
  ['Ingress', 'networking.k8s.io', 'ingresses'],
];
const listings = kinds.map(([kind, group, resource]) => ({
  kind,
  at: {
    group,
    version: 'v1',
    resource,
    namespace: 'default',
    feeds: ['defaultNamespace'],
    purpose: 'what lives in the namespace default',
  } satisfies Listing,
}));
export const defaultNamespaceListings: readonly Listing[] = listings.map(({ at }) => at);

/** An object that another listed one made stands for nothing of its own: a Deployment's ReplicaSet and its pods are the Deployment. */
const isMadeByListed = ({ metadata }: Named): boolean =>
  metadata.ownerReferences?.some(({ controller, kind }) => controller && kinds.some(([listed]) => listed === kind)) ?? false;

/** What lives in the namespace `default`, by metadata: the kinds that people put there, without what those objects made in turn. Secrets are left out, since listing them is the right to read them. */
export const observeDefaultNamespace = async (access: ClusterAccess): Promise<Slice<readonly DefaultNamespaceObject[]>> => {
  const lists = await inTurn(
    listings.map(({ kind, at }) => async () => {
      const keep = (item: Named): readonly DefaultNamespaceObject[] => (isMadeByListed(item) ? [] : [{ kind, name: item.metadata.name }]);
      return readAll(access, at, Named, keep, { metadataOnly: true });
    }),
    2,
  );
  const read = together(Object.fromEntries(lists.entries()));
  if (!read.read) return read;
  return seen(
    Object.values(read.value)
      .flat(2)
      .toSorted((a, b) => byText(`${a.kind}/${a.name}`, `${b.kind}/${b.name}`)),
  );
};
