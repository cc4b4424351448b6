import type { FactName } from '../../core/facts/index.ts';
import type { Need, Right } from '../../core/need.ts';
import { accountNamespace, kubeletAccount } from '../permissions.ts';
import { clusterObjectNeeds } from './cluster-objects.ts';
import { componentListing, flagzRight, kubeProxyRights } from './control-plane.ts';
import { kubeletConfigRight } from './kubelets.ts';
import { needOf } from './listing.ts';
import { nodeListing } from './nodes.ts';

export { tokenSecretNeeds } from './cluster-objects.ts';
export { nodeFactsNeeds } from './node-facts/needs.ts';

const forScan = (right: Right, feeds: readonly FactName[], purpose: string): Need => ({ ...right, feeds, purpose, holder: 'scanner' });

/** The rights every configuration scan uses. What any signed-in user may read (`/version`, `/apis`) is not listed. */
export const apiNeeds: readonly Need[] = [
  forScan(
    { apiGroup: '', resource: 'namespaces', verb: 'get', name: 'kube-system' },
    [],
    'the identity of the cluster; without it there is no scan',
  ),
  needOf(nodeListing),
  needOf(componentListing),
  ...clusterObjectNeeds,
  forScan(kubeProxyRights.configMap, ['kubeProxy'], 'settings of kube-proxy'),
  forScan(kubeProxyRights.daemonSet, ['kubeProxy'], 'flags of kube-proxy'),
  forScan(kubeletConfigRight, ['kubelets'], 'kubelet settings as kubeadm wants them, where a kubelet cannot be asked'),
  forScan(flagzRight, ['apiServerFlagz'], 'flags the API server runs with (Kubernetes 1.36 and later)'),
  forScan(
    { apiGroup: '', resource: 'serviceaccounts/token', verb: 'create', name: kubeletAccount, namespace: accountNamespace },
    ['kubelets'],
    'a ten-minute token for the account that kubelets are shown',
  ),
  {
    apiGroup: '',
    resource: 'nodes/configz',
    verb: 'get',
    feeds: ['kubelets'],
    purpose: 'settings each kubelet runs with',
    holder: 'kubelet-reader',
  },
];

/** Reading kubelets through the API server. Its holder may run commands in every pod. */
export const kubeletProxyNeeds: readonly Need[] = [
  {
    apiGroup: '',
    resource: 'nodes/proxy',
    verb: 'get',
    feeds: ['kubelets'],
    purpose: 'kubelet settings through the API server; a dangerous right',
    holder: 'scanner',
  },
];
