import { atMost, filesCheck } from '../shared/files.ts';
import { places } from '../shared/node-places.ts';

export const controllerManagerManifestMode = filesCheck({
  id: 'files/controller-manager-manifest-mode',
  title: 'The manifest of the controller manager can be read and written by its owner only',
  severity: 'high',
  place: places.controllerManagerManifest,
  rule: atMost(0o600),
  why: 'Whoever writes this file decides with which flags the controller manager runs, or runs a program of their own as root in its place; it holds the key that signs tokens and certificates.',
  repair:
    'Run `chmod 600 /etc/kubernetes/manifests/kube-controller-manager.yaml` on every node named in the finding, and set it too where the node image or the bootstrap configuration writes the file, so that new nodes have it.',
});
