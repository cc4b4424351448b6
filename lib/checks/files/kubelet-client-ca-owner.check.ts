import { filesCheck, ownedBy } from '../shared/files.ts';
import { places } from '../shared/node-places.ts';

export const kubeletClientCaOwner = filesCheck({
  id: 'files/kubelet-client-ca-owner',
  title: "The kubelet's certificate authority for clients belongs to root",
  severity: 'high',
  place: places.kubeletClientCa,
  rule: ownedBy('root', 'root'),
  why: 'The owner of a file can change it whatever its mode says; who changes this one can command the kubelet.',
  repair:
    'Run `chown root:root /etc/kubernetes/pki/ca.crt` on every node named in the finding, and set it too where the node image or the bootstrap configuration writes the file, so that new nodes have it.',
});
