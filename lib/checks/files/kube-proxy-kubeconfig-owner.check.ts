import { filesCheck, ownedBy } from '../shared/files.ts';
import { places } from '../shared/node-places.ts';

export const kubeProxyKubeconfigOwner = filesCheck({
  id: 'files/kube-proxy-kubeconfig-owner',
  title: 'The kubeconfig of kube-proxy, where it is a file, belongs to root',
  severity: 'medium',
  place: places.kubeProxyKubeconfig,
  rule: ownedBy('root', 'root'),
  why: 'The owner of a file can open it to others whatever its mode says, and this one holds a credential.',
  repair:
    'Run `chown root:root /var/lib/kube-proxy/kubeconfig` on every node named in the finding, and set it too where the node image or the bootstrap configuration writes the file, so that new nodes have it.',
});
