import { filesCheck, ownedBy } from '../shared/files.ts';
import { judgeFolders } from '../shared/many-files.ts';
import { pkiFoldersOf, places } from '../shared/node-places.ts';

export const pkiOwner = filesCheck({
  id: 'files/pki-owner',
  title: 'The certificates and keys of the control plane, and their folder, belong to root',
  severity: 'high',
  place: places.pki,
  rule: ownedBy('root', 'root'),
  why: 'The owner of a file can change it whatever its mode says; who changes a certificate authority or a key decides whom the cluster trusts.',
  repair: 'Run `chown -R root:root /etc/kubernetes/pki` on every node named in the finding.',
  judge: (node, files, rule) => judgeFolders(node, rule, pkiFoldersOf(node), files, 'certificates and keys'),
});
