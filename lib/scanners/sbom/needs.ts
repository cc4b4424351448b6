import type { Need } from '../../core/need.ts';
import type { Listing } from '../configuration/listing.ts';
import { needOf } from '../configuration/listing.ts';
import { nodeListing } from '../configuration/nodes.ts';
import type { SbomOptions } from './options.ts';

/** Where pods are listed; in one namespace where the scope is in one. */
export const podListingOf = (namespace: string | undefined): Listing => ({
  group: '',
  version: 'v1',
  resource: 'pods',
  ...(namespace === undefined ? {} : { namespace }),
  feeds: ['workloads'],
  purpose: 'which images run, and in which containers',
});

const identity: Need = {
  apiGroup: '',
  resource: 'namespaces',
  verb: 'get',
  name: 'kube-system',
  feeds: [],
  purpose: 'the identity of the cluster; without it there is no scan',
  holder: 'scanner',
};

const secretNeeds = (namespace: string | undefined): readonly Need[] =>
  (['secrets', 'serviceaccounts'] as const).map((resource) => ({
    apiGroup: '',
    resource,
    verb: 'get',
    ...(namespace === undefined ? {} : { namespace }),
    feeds: [],
    purpose: 'pull secrets of pods and of their ServiceAccounts',
    holder: 'scanner',
  }));

/** Every right an SBOM scan uses. */
export const sbomNeeds = ({ scope = 'cluster', namespace, pullSecrets }: SbomOptions): readonly Need[] => {
  const within = scope === 'cluster' ? undefined : namespace;
  return [
    identity,
    needOf(podListingOf(within)),
    { ...needOf(nodeListing), purpose: 'processors of the nodes, by which images of several platforms are chosen' },
    ...(pullSecrets ? secretNeeds(within) : []),
  ];
};
