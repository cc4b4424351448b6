import { seen } from '../../../core/facts/index.ts';
import type { ApiUse, ClusterSettings, ControlPlanePod, DeprecatedCall, GateCrd, OldObject, ServedApi } from '../../../core/gate/index.ts';
import { exampleComponents } from '../../shared/examples.ts';

// What cases and tests of the API checks vary.

export const oldObject = (oldVersion: string, kind: string, name: string, changes: Partial<OldObject> = {}): OldObject => ({
  kind,
  namespace: 'shop',
  name,
  oldVersion,
  foundBy: 'last-applied',
  ...changes,
});

const settings = (apiVersion: string): ClusterSettings => ({
  kubeadm: { apiVersion, externalEtcd: false, featureGates: {}, extraArgs: {} },
});
const withFlags = (flags: ControlPlanePod['flags']): readonly ControlPlanePod[] =>
  exampleComponents('cp1').map((pod) => ({ ...pod, flags }));

/** What stands beside the objects: kubeadm's configuration and the flags of the control plane. */
export const beside = (kubeadm = 'kubeadm.k8s.io/v1beta4', flags: ControlPlanePod['flags'] = {}) => ({
  settings: seen(settings(kubeadm)),
  controlPlane: seen(withFlags(flags)),
});

export const call = (groupVersion: string, resource: string, removedRelease: string, subresource?: string): DeprecatedCall => {
  const [group, version] = groupVersion.includes('/') ? groupVersion.split('/') : ['', groupVersion];
  return { group: group ?? '', version: version ?? '', resource, removedRelease, ...(subresource === undefined ? {} : { subresource }) };
};

/** What callers asked for since the day; cases are judged on 2026-11-23. */
export const use = (since: string, calls: readonly DeprecatedCall[] = [], apiServers = 1): ApiUse => ({ calls, since, apiServers });

export const served = (groupVersion: string, ...kinds: readonly string[]): ServedApi => ({
  groupVersion,
  resources: kinds.map((kind) => ({ name: `${kind.toLowerCase()}s`, kind, namespaced: true, verbs: ['get', 'list'] })),
});

export const crd = (changes: Partial<GateCrd> = {}): GateCrd => ({
  name: 'baskets.shop.example',
  group: 'shop.example',
  kind: 'Basket',
  versions: [{ name: 'v1', served: true, storage: true, deprecated: false }],
  storedVersions: ['v1'],
  conversion: { strategy: 'None' },
  nonStructural: false,
  established: true,
  ...changes,
});
