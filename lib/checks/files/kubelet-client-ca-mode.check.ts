import { atMost, filesCheck } from '../shared/files.ts';
import { places } from '../shared/node-places.ts';

export const kubeletClientCaMode = filesCheck({
  id: 'files/kubelet-client-ca-mode',
  title: "The kubelet's certificate authority for clients can be written by its owner only",
  severity: 'medium',
  place: places.kubeletClientCa,
  rule: atMost(0o644),
  why: 'Who can write this file can add an authority of their own and then command the kubelet.',
  repair:
    'Run `chmod 644 /etc/kubernetes/pki/ca.crt` on every node named in the finding, and set it too where the node image or the bootstrap configuration writes the file, so that new nodes have it.',
});
