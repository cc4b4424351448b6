import { atMost, filesCheck } from '../shared/files.ts';
import { places } from '../shared/node-places.ts';

export const kubeletKubeconfigMode = filesCheck({
  id: 'files/kubelet-kubeconfig-mode',
  title: "The kubelet's kubeconfig can be read and written by its owner only",
  severity: 'high',
  place: places.kubeletKubeconfig,
  rule: atMost(0o600),
  why: 'The file leads to the credential of the node: whoever has it reads every Secret that pods of this node use.',
  repair:
    'Run `chmod 600 /etc/kubernetes/kubelet.conf` on every node named in the finding, and set it too where the node image or the bootstrap configuration writes the file, so that new nodes have it.',
});
