import { atMost, filesCheck } from '../shared/files.ts';
import { places } from '../shared/node-places.ts';

export const etcdManifestMode = filesCheck({
  id: 'files/etcd-manifest-mode',
  title: 'The manifest of etcd can be read and written by its owner only',
  severity: 'high',
  place: places.etcdManifest,
  rule: atMost(0o600),
  why: 'Whoever writes this file decides with which flags etcd runs, or runs a program of their own as root in its place; it stores every object of the cluster, Secrets included.',
  repair:
    'Run `chmod 600 /etc/kubernetes/manifests/etcd.yaml` on every node named in the finding, and set it too where the node image or the bootstrap configuration writes the file, so that new nodes have it.',
});
