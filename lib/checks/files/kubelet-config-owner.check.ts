import { filesCheck, ownedBy } from '../shared/files.ts';
import { places } from '../shared/node-places.ts';

export const kubeletConfigOwner = filesCheck({
  id: 'files/kubelet-config-owner',
  title: "The kubelet's configuration file belongs to root",
  severity: 'high',
  place: places.kubeletConfig,
  rule: ownedBy('root', 'root'),
  why: 'The owner of a file can change it whatever its mode says; who changes this one turns off the authentication of the kubelet.',
  repair:
    'Run `chown root:root /var/lib/kubelet/config.yaml` on every node named in the finding, and set it too where the node image or the bootstrap configuration writes the file, so that new nodes have it.',
});
