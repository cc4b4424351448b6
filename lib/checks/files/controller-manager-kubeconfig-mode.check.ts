import { atMost, filesCheck } from '../shared/files.ts';
import { places } from '../shared/node-places.ts';

export const controllerManagerKubeconfigMode = filesCheck({
  id: 'files/controller-manager-kubeconfig-mode',
  title: 'The kubeconfig of the controller manager can be read and written by its owner only',
  severity: 'high',
  place: places.controllerManagerKubeconfig,
  rule: atMost(0o600),
  why: 'The file holds the client key of the controller manager: whoever reads it acts as the controller manager towards the API server.',
  repair:
    'Run `chmod 600 /etc/kubernetes/controller-manager.conf` on every node named in the finding, and set it too where the node image or the bootstrap configuration writes the file, so that new nodes have it.',
});
