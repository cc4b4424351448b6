import { filesCheck, ownedBy } from '../shared/files.ts';
import { places } from '../shared/node-places.ts';

export const schedulerManifestOwner = filesCheck({
  id: 'files/scheduler-manifest-owner',
  title: 'The manifest of the scheduler belongs to root',
  severity: 'high',
  place: places.schedulerManifest,
  rule: ownedBy('root', 'root'),
  why: 'The owner of a file can change it whatever its mode says, and whoever changes this one decides how the scheduler runs.',
  repair:
    'Run `chown root:root /etc/kubernetes/manifests/kube-scheduler.yaml` on every node named in the finding, and set it too where the node image or the bootstrap configuration writes the file, so that new nodes have it.',
});
