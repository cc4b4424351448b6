import type { GateSlice } from '../../core/gate/index.ts';
import type { Listing } from '../configuration/listing.ts';

/** A list of a named group for some slices. */
const of =
  (group: string, version: string) =>
  (resource: string, feeds: readonly GateSlice[], purpose: string, namespace?: string): Listing => ({
    group,
    version,
    resource,
    ...(namespace === undefined ? {} : { namespace }),
    feeds,
    purpose,
  });
const core = of('', 'v1');
const apps = of('apps', 'v1');
const admission = of('admissionregistration.k8s.io', 'v1');
const storage = of('storage.k8s.io', 'v1');

/** Everything that is listed for every evaluation. */
export const listings = {
  nodes: core('nodes', ['nodes', 'cgroups'], 'nodes, their versions and state'),
  leases: of('coordination.k8s.io', 'v1')('leases', ['nodes'], 'when kubelets last reported', 'kube-node-lease'),
  pods: core('pods', ['pods', 'controlPlane'], 'what runs, and what a drain would lose'),
  namespaces: core('namespaces', ['namespaces'], 'what webhooks select by namespace'),
  services: core('services', ['services'], 'what webhooks and aggregated APIs call'),
  endpointSlices: of('discovery.k8s.io', 'v1')('endpointslices', ['services', 'apiUse'], 'whether anything stands behind Services'),
  budgets: of('policy', 'v1')('poddisruptionbudgets', ['budgets'], 'budgets that stop a drain'),
  deployments: apps('deployments', ['workloads'], 'roll-outs that are not finished'),
  statefulSets: apps('statefulsets', ['workloads'], 'roll-outs that are not finished'),
  daemonSets: apps('daemonsets', ['workloads', 'settings'], 'roll-outs that are not finished'),
  validating: admission('validatingwebhookconfigurations', ['webhooks'], 'webhooks that may stop an upgrade'),
  mutating: admission('mutatingwebhookconfigurations', ['webhooks'], 'webhooks that may stop an upgrade'),
  crds: of('apiextensions.k8s.io', 'v1')('customresourcedefinitions', ['crds'], 'stored versions and conversion webhooks'),
  apiServices: of('apiregistration.k8s.io', 'v1')('apiservices', ['apiServices'], 'aggregated APIs that do not answer'),
  volumes: core('persistentvolumes', ['storage'], 'volumes of drivers that a release removes'),
  storageClasses: storage('storageclasses', ['storage'], 'classes of drivers that a release removes'),
  drivers: storage('csidrivers', ['storage'], 'CSI drivers'),
  attachments: storage('volumeattachments', ['storage'], 'volumes that hang on a node'),
  signingRequests: of('certificates.k8s.io', 'v1')(
    'certificatesigningrequests',
    ['signingRequests'],
    'kubelets that wait for a certificate',
  ),
  ingressClasses: of('networking.k8s.io', 'v1')('ingressclasses', ['ingressClasses'], 'ingress controllers'),
  backups: of('velero.io', 'v1')('backups', ['backups'], 'the age of the newest backup'),
} as const satisfies Record<string, Listing>;
