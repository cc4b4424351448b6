import { atMost, filesCheck } from '../shared/files.ts';
import { places } from '../shared/node-places.ts';

export const kubeletConfigMode = filesCheck({
  id: 'files/kubelet-config-mode',
  title: "The kubelet's configuration file can be read and written by its owner only",
  severity: 'medium',
  place: places.kubeletConfig,
  rule: atMost(0o600),
  why: 'Who can write this file turns off the authentication of the kubelet; who can read it learns which of its doors are open. Stock kubeadm writes it with mode 644.',
  repair:
    'Run `chmod 600 /var/lib/kubelet/config.yaml` on every node named in the finding, and set it too where the node image or the bootstrap configuration writes the file, so that new nodes have it.',
});
