import { filesCheck, ownedBy } from '../shared/files.ts';
import { places } from '../shared/node-places.ts';

export const apiServerManifestOwner = filesCheck({
  id: 'files/api-server-manifest-owner',
  title: 'The manifest of the API server belongs to root',
  severity: 'high',
  place: places.apiServerManifest,
  rule: ownedBy('root', 'root'),
  why: 'The owner of a file can change it whatever its mode says, and whoever changes this one decides how the API server runs.',
  repair:
    'Run `chown root:root /etc/kubernetes/manifests/kube-apiserver.yaml` on every node named in the finding, and set it too where the node image or the bootstrap configuration writes the file, so that new nodes have it.',
});
