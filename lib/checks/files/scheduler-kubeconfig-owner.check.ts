import { filesCheck, ownedBy } from '../shared/files.ts';
import { places } from '../shared/node-places.ts';

export const schedulerKubeconfigOwner = filesCheck({
  id: 'files/scheduler-kubeconfig-owner',
  title: 'The kubeconfig of the scheduler belongs to root',
  severity: 'high',
  place: places.schedulerKubeconfig,
  rule: ownedBy('root', 'root'),
  why: 'The owner of a file can open it to others whatever its mode says, and whoever reads this one acts as the scheduler.',
  repair:
    'Run `chown root:root /etc/kubernetes/scheduler.conf` on every node named in the finding, and set it too where the node image or the bootstrap configuration writes the file, so that new nodes have it.',
});
