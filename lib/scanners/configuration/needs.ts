import type { FactName } from '../../core/facts/index.ts';
import type { Need } from '../../core/need.ts';
import { accountNamespace, kubeletAccount } from '../permissions.ts';
import { clusterObjectNeeds } from './cluster-objects.ts';
import { componentListing } from './control-plane.ts';
import { needOf } from './listing.ts';
import { nodeListing } from './nodes.ts';

export { tokenSecretNeeds } from './cluster-objects.ts';
export { nodeFactsNeeds } from './node-facts/needs.ts';

const get = (
  resource: string,
  name: string,
  feeds: readonly FactName[],
  purpose: string,
  where: { readonly apiGroup?: string; readonly namespace?: string } = {},
): Need => ({
  apiGroup: '',
  resource,
  verb: 'get',
  name,
  feeds,
  purpose,
  holder: 'scanner',
  ...where,
});
const inKubeSystem = { namespace: 'kube-system' };

/** The rights every configuration scan uses. What any signed-in user may read (`/version`, `/apis`) is not listed. */
export const apiNeeds: readonly Need[] = [
  get('namespaces', 'kube-system', [], 'the identity of the cluster; without it there is no scan'),
  needOf(nodeListing),
  needOf(componentListing),
  ...clusterObjectNeeds,
  get('configmaps', 'kube-proxy', ['kubeProxy'], 'settings of kube-proxy', inKubeSystem),
  get('daemonsets', 'kube-proxy', ['kubeProxy'], 'flags of kube-proxy', { apiGroup: 'apps', ...inKubeSystem }),
  get(
    'configmaps',
    'kubelet-config',
    ['kubelets'],
    'kubelet settings as kubeadm wants them, where a kubelet cannot be asked',
    inKubeSystem,
  ),
  {
    apiGroup: '',
    resource: '',
    verb: 'get',
    nonResourceUrl: '/flagz',
    feeds: ['apiServerFlagz'],
    purpose: 'flags the API server runs with (Kubernetes 1.36 and later)',
    holder: 'scanner',
  },
  {
    ...get('serviceaccounts/token', kubeletAccount, ['kubelets'], 'a ten-minute token for the account that kubelets are shown', {
      namespace: accountNamespace,
    }),
    verb: 'create',
  },
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
