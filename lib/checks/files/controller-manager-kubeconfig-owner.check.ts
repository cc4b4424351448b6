import { filesCheck, ownedBy } from '../shared/files.ts';
import { places } from '../shared/node-places.ts';

export const controllerManagerKubeconfigOwner = filesCheck({
  id: 'files/controller-manager-kubeconfig-owner',
  title: 'The kubeconfig of the controller manager belongs to root',
  severity: 'high',
  place: places.controllerManagerKubeconfig,
  rule: ownedBy('root', 'root'),
  why: 'The owner of a file can open it to others whatever its mode says, and whoever reads this one acts as the controller manager.',
  repair:
    'Run `chown root:root /etc/kubernetes/controller-manager.conf` on every node named in the finding, and set it too where the node image or the bootstrap configuration writes the file, so that new nodes have it.',
});
