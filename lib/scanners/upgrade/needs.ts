import type { GateSlice } from '../../core/gate/index.ts';
import type { Need, Right } from '../../core/need.ts';
import { type Listing, needOf } from '../configuration/listing.ts';
import { accountNamespace, kubeletAccount } from '../permissions.ts';
import { clusterApiListings } from './cluster-api.ts';
import { healthRights } from './health.ts';
import { kubeletFlagListings } from './kubelet-flags.ts';
import { listings } from './listings.ts';
import { metricsRight } from './metrics.ts';
import { releaseListing, releaseRight } from './old-objects/helm.ts';
import { groupsOf } from './old-objects/looks.ts';
import type { UpgradeOptions } from './options.ts';
import { settingsRights } from './settings.ts';

/** What decides about the rights that live facts use. */
export type UpgradeNeedsOptions = Partial<Pick<UpgradeOptions, 'wanted' | 'helmReleases'>> & {
  /** Whether kubelets are asked for their cgroup version. */
  readonly kubelets?: boolean;
};

const forGate = (right: Right, feeds: readonly GateSlice[], purpose: string): Need => ({ ...right, feeds, purpose, holder: 'scanner' });

/** How the API names the resource of a kind, by its own rule. */
const resourceOf = (kind: string): string => {
  const name = kind.toLowerCase();
  if (kind === '*' || name.endsWith('endpoints')) return name;
  if (/(?:s|x|ch|sh)$/.test(name)) return `${name}es`;
  return name.endsWith('y') ? `${name.slice(0, -1)}ies` : `${name}s`;
};
/** Kinds that are asked about or done, never listed. */
const isNeverListed = (kind: string): boolean => /Review$/.test(kind) || kind === 'Scale' || kind === 'Eviction';
/** Groups that are files, not served; the removal data names some. */
const isServed = (group: string): boolean =>
  /^[a-z0-9.-]*$/.test(group) && !/^(?:kubeadm|audit|client\.authentication|apidiscovery|admission)\.k8s\.io$/.test(group);

const oldObjectNeeds = (wanted: UpgradeOptions['wanted']): readonly Need[] => {
  const needs = wanted
    .filter(({ group }) => isServed(group))
    .flatMap(({ group, kinds }) =>
      kinds
        .filter((kind) => !isNeverListed(kind))
        .flatMap((kind) =>
          groupsOf(group).map(
            (one): Listing => ({
              group: one,
              version: '',
              resource: resourceOf(kind),
              feeds: ['oldObjects'],
              purpose: 'objects written through versions that go',
            }),
          ),
        ),
    )
    .map(needOf);
  return [...new Map(needs.map((need) => [`${need.apiGroup}/${need.resource}`, need])).values()];
};

const kubeletNeeds: readonly Need[] = [
  forGate(
    { apiGroup: '', resource: 'serviceaccounts/token', verb: 'create', name: kubeletAccount, namespace: accountNamespace },
    ['cgroups'],
    'a ten-minute token for the account that kubelets are shown',
  ),
  {
    apiGroup: '',
    resource: 'nodes/metrics',
    verb: 'get',
    feeds: ['cgroups'],
    purpose: 'the cgroup version of each node',
    holder: 'kubelet-reader',
  },
];

/** Every right that `observeUpgrade` uses. What any signed-in user may read (`/version`, discovery) is not listed. */
export const upgradeNeeds = ({ wanted = [], helmReleases = false, kubelets = false }: UpgradeNeedsOptions): readonly Need[] => [
  forGate(
    { apiGroup: '', resource: 'namespaces', verb: 'get', name: 'kube-system' },
    [],
    'the identity of the cluster; without it there is no evaluation',
  ),
  ...Object.values(listings).map(needOf),
  ...[...clusterApiListings, ...kubeletFlagListings].map(needOf),
  ...oldObjectNeeds(wanted),
  ...Object.values(settingsRights).map((right) => forGate(right, ['settings'], 'settings that kubeadm keeps')),
  forGate(metricsRight, ['apiUse', 'apiHealth'], 'use of deprecated APIs, and the size of the database'),
  ...Object.values(healthRights).map((right) => forGate(right, ['apiHealth'], 'the health of the API server')),
  ...(helmReleases ? [needOf(releaseListing), forGate(releaseRight, ['oldObjects'], 'Helm releases; opens every Secret')] : []),
  ...(kubelets ? kubeletNeeds : []),
];
