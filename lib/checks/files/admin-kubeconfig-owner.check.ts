import { filesCheck, ownedBy } from '../shared/files.ts';
import { places } from '../shared/node-places.ts';

export const adminKubeconfigOwner = filesCheck({
  id: 'files/admin-kubeconfig-owner',
  title: "Every administrator's kubeconfig on the node belongs to root",
  severity: 'high',
  place: places.adminKubeconfig,
  rule: ownedBy('root', 'root'),
  why: 'The owner of a file can open it to others whatever its mode says, and whoever reads this one is cluster administrator.',
  repair: 'Run `chown root:root /etc/kubernetes/admin.conf` on every node named in the finding, or remove the file there.',
});
