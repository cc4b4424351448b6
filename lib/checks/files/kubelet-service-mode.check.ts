import { atMost, filesCheck } from '../shared/files.ts';
import { places } from '../shared/node-places.ts';

export const kubeletServiceMode = filesCheck({
  id: 'files/kubelet-service-mode',
  title: 'The service file of the kubelet can be read and written by its owner only',
  severity: 'medium',
  place: places.kubeletService,
  rule: atMost(0o600),
  why: 'The file holds the flags of the kubelet, which runs as root; who can write it owns the node, and who can read it learns where its credentials lie.',
  repair:
    'Run `chmod 600 /etc/systemd/system/kubelet.service.d/10-kubeadm.conf` on every node named in the finding, and set it too where the node image or the bootstrap configuration writes the file, so that new nodes have it.',
});
