import { atMost, filesCheck } from '../shared/files.ts';
import { places } from '../shared/node-places.ts';

export const schedulerKubeconfigMode = filesCheck({
  id: 'files/scheduler-kubeconfig-mode',
  title: 'The kubeconfig of the scheduler can be read and written by its owner only',
  severity: 'high',
  place: places.schedulerKubeconfig,
  rule: atMost(0o600),
  why: 'The file holds the client key of the scheduler: whoever reads it acts as the scheduler towards the API server.',
  repair:
    'Run `chmod 600 /etc/kubernetes/scheduler.conf` on every node named in the finding, and set it too where the node image or the bootstrap configuration writes the file, so that new nodes have it.',
});
