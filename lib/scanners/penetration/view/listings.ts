import type { Need } from '../../../core/need.ts';
import { flagzRight } from '../../configuration/control-plane.ts';
import { type Listing, needOf } from '../../configuration/listing.ts';
import { nodeListing } from '../../configuration/nodes.ts';
import { serviceAccountListing } from '../../configuration/objects.ts';
import { rbacListings } from '../../configuration/rbac.ts';
import { podListing } from '../../configuration/workloads.ts';

/** Everything that is listed for the view of the cluster. */
export const listings = {
  nodes: { ...nodeListing, feeds: ['nodes'], purpose: 'nodes, their addresses and versions' },
  pods: { ...podListing, feeds: ['workloads', 'hostPods', 'backends'], purpose: 'what runs, and which pods have ports of their nodes' },
  services: { group: '', version: 'v1', resource: 'services', feeds: ['services'], purpose: 'what is published, and where' },
  ingresses: {
    group: 'networking.k8s.io',
    version: 'v1',
    resource: 'ingresses',
    feeds: ['ingresses'],
    purpose: 'names under which services are published',
  },
  endpointSlices: {
    group: 'discovery.k8s.io',
    version: 'v1',
    resource: 'endpointslices',
    feeds: ['backends'],
    purpose: 'what stands behind services',
  },
  apiServices: {
    group: 'apiregistration.k8s.io',
    version: 'v1',
    resource: 'apiservices',
    feeds: ['apiServices'],
    purpose: 'who else answers for the API server',
  },
  serviceAccounts: serviceAccountListing,
} as const satisfies Record<string, Listing>;

/** Every right that `observeView` uses. What any signed-in user may do (access reviews about oneself) is not listed. */
export const penetrationNeeds: readonly Need[] = [
  {
    apiGroup: '',
    resource: 'namespaces',
    verb: 'get',
    name: 'kube-system',
    feeds: [],
    purpose: 'the identity of the cluster; without it there is no scan',
    holder: 'scanner',
  },
  ...[...Object.values(listings), ...rbacListings].map(needOf),
  {
    ...flagzRight,
    feeds: ['apiServerFlags'],
    purpose: 'flags the API server runs with (Kubernetes 1.36 and later)',
    holder: 'scanner',
  },
];
