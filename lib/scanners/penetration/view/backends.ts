import { type Slice, seen } from '../../../core/facts/index.ts';
import type { BackendView } from '../../../core/probing/index.ts';
import type { ClusterAccess } from '../../../ports/cluster-access.ts';
import { byText, readEach } from '../../configuration/listing.ts';
import { listings } from './listings.ts';
import type { PodViews } from './pods.ts';
import { EndpointSlice, serviceLabel } from './schema.ts';

/** What stands behind each Service, before one knows which addresses are pods'. */
export type Backend = Omit<BackendView, 'foreign' | 'owners'>;

interface Gathered {
  readonly addresses: Set<string>;
  readonly ports: Set<number>;
}

/** Ready endpoints of every Service, slices of both address families together. Names (`FQDN`) are left out: nothing is resolved. */
export const observeBackends = async (access: ClusterAccess): Promise<Slice<readonly Backend[]>> => {
  const known = new Map<string, Gathered>();
  const add = ({ metadata, addressType, endpoints, ports }: EndpointSlice): void => {
    const service = metadata.labels?.[serviceLabel];
    if (!service || addressType === 'FQDN') return;
    const key = `${metadata.namespace}/${service}`;
    const own = known.get(key) ?? { addresses: new Set<string>(), ports: new Set<number>() };
    known.set(key, own);
    // an endpoint that says nothing of being ready counts as ready
    for (const { addresses, conditions } of endpoints ?? [])
      if (conditions?.ready !== false) for (const address of addresses) own.addresses.add(address);
    for (const { port } of ports ?? []) if (port) own.ports.add(port);
  };
  const read = await readEach(access, listings.endpointSlices, EndpointSlice, add, () => known.clear());
  if (!read.read) return read;
  return seen(
    [...known]
      .toSorted(([a], [b]) => byText(a, b))
      .map(([key, { addresses, ports }]) => {
        const [namespace = '', service = ''] = key.split('/');
        return { namespace, service, addresses: [...addresses].toSorted(byText), ports: [...ports].toSorted((a, b) => a - b) };
      }),
  );
};

/** The same with the addresses that are neither a pod's nor a node's. */
export const markForeign = (backends: readonly Backend[], own: ReadonlySet<string>): readonly BackendView[] =>
  backends.map((backend) => ({ ...backend, foreign: backend.addresses.filter((address) => !own.has(address)) }));

/** The same with those who made the pods behind it. */
export const nameOwners = <B extends Backend>(backends: readonly B[], pods: PodViews['addresses']): readonly (B & BackendView)[] =>
  backends.map((backend) => ({ ...backend, owners: [...new Set(backend.addresses.flatMap((address) => pods.get(address) ?? []))] }));
