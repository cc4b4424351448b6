import { seen } from '../../core/facts/index.ts';
import type { GateFacts, ServiceBackends } from '../../core/gate/index.ts';
import type { ClusterAccess } from '../../ports/cluster-access.ts';
import { readEach, together } from '../configuration/listing.ts';
import { observeServices } from '../penetration/view/objects.ts';
import { EndpointSlice, serviceLabel } from '../penetration/view/schema.ts';
import { listings } from './listings.ts';
import { placeOf } from './objects.ts';

type Addresses = Map<string, Set<string>>;

/** Ready endpoints by Service: addresses, one set for each family, so that an endpoint with two families counts once. */
const observeReady = async (access: ClusterAccess) => {
  const ready = new Map<string, Addresses>();
  const add = ({ metadata, addressType, endpoints }: EndpointSlice): void => {
    const service = metadata.labels?.[serviceLabel];
    if (!service) return;
    const key = `${metadata.namespace}/${service}`;
    const families: Addresses = ready.get(key) ?? new Map<string, Set<string>>();
    const family = families.get(addressType) ?? new Set<string>();
    // an endpoint that says nothing of being ready counts as ready
    for (const { addresses, conditions } of endpoints ?? [])
      if (conditions?.ready !== false) for (const address of addresses.slice(0, 1)) family.add(address);
    ready.set(key, families.set(addressType, family));
  };
  const read = await readEach(access, listings.endpointSlices, EndpointSlice, add, () => ready.clear());
  return read.read ? seen(ready as ReadonlyMap<string, Addresses>) : read;
};

/** Every Service with the number of endpoints that are ready. */
export const observeServiceBackends = async (access: ClusterAccess): Promise<GateFacts['services']> => {
  const both = together({ services: await observeServices(access), ready: await observeReady(access) });
  if (!both.read) return both;
  const { services, ready } = both.value;
  return seen(
    services.map(({ namespace, name, ports, selector }): ServiceBackends => {
      const families = [...(ready.get(placeOf({ namespace, name }))?.values() ?? [])];
      return { namespace, name, ports: ports.map(({ port }) => port), ready: Math.max(0, ...families.map(({ size }) => size)), selector };
    }),
  );
};
