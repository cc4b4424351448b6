import { atMost, filesCheck } from '../shared/files.ts';
import { places } from '../shared/node-places.ts';

export const schedulerManifestMode = filesCheck({
  id: 'files/scheduler-manifest-mode',
  title: 'The manifest of the scheduler can be read and written by its owner only',
  severity: 'high',
  place: places.schedulerManifest,
  rule: atMost(0o600),
  why: 'Whoever writes this file decides with which flags the scheduler runs, or runs a program of their own as root in its place; it decides where every pod runs.',
  repair:
    'Run `chmod 600 /etc/kubernetes/manifests/kube-scheduler.yaml` on every node named in the finding, and set it too where the node image or the bootstrap configuration writes the file, so that new nodes have it.',
});
