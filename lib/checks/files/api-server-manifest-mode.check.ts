import { atMost, filesCheck } from '../shared/files.ts';
import { places } from '../shared/node-places.ts';

export const apiServerManifestMode = filesCheck({
  id: 'files/api-server-manifest-mode',
  title: 'The manifest of the API server can be read and written by its owner only',
  severity: 'high',
  place: places.apiServerManifest,
  rule: atMost(0o600),
  why: 'Whoever writes this file decides with which flags the API server runs, or runs a program of their own as root in its place; what it holds tells where every key and certificate lies.',
  repair:
    'Run `chmod 600 /etc/kubernetes/manifests/kube-apiserver.yaml` on every node named in the finding, and set it too where the node image or the bootstrap configuration writes the file, so that new nodes have it.',
});
