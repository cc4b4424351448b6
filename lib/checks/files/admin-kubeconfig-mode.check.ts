import { atMost, filesCheck } from '../shared/files.ts';
import { places } from '../shared/node-places.ts';

export const adminKubeconfigMode = filesCheck({
  id: 'files/admin-kubeconfig-mode',
  title: "Every administrator's kubeconfig on the node can be read and written by its owner only",
  severity: 'high',
  place: places.adminKubeconfig,
  rule: atMost(0o600),
  why: 'Whoever reads this file is cluster administrator; super-admin.conf even passes by RBAC, and neither certificate can be withdrawn.',
  repair: 'Run `chmod 600 /etc/kubernetes/admin.conf` on every node named in the finding, or remove the file there.',
});
