import { filesCheck, ownedBy } from '../shared/files.ts';
import { places } from '../shared/node-places.ts';

export const kubeletServiceOwner = filesCheck({
  id: 'files/kubelet-service-owner',
  title: 'The service file of the kubelet belongs to root',
  severity: 'high',
  place: places.kubeletService,
  rule: ownedBy('root', 'root'),
  why: 'The owner of a file can change it whatever its mode says, and this one starts a process as root.',
  repair:
    'Run `chown root:root /etc/systemd/system/kubelet.service.d/10-kubeadm.conf` on every node named in the finding, and set it too where the node image or the bootstrap configuration writes the file, so that new nodes have it.',
});
