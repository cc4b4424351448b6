import { filesCheck, ownedBy } from '../shared/files.ts';
import { places } from '../shared/node-places.ts';

export const kubeletKubeconfigOwner = filesCheck({
  id: 'files/kubelet-kubeconfig-owner',
  title: "The kubelet's kubeconfig belongs to root",
  severity: 'high',
  place: places.kubeletKubeconfig,
  rule: ownedBy('root', 'root'),
  why: 'The owner of a file can open it to others whatever its mode says, and this one leads to the credential of the node.',
  repair:
    'Run `chown root:root /etc/kubernetes/kubelet.conf` on every node named in the finding, and set it too where the node image or the bootstrap configuration writes the file, so that new nodes have it.',
});
