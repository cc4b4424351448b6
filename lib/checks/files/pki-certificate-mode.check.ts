import { atMost, filesCheck } from '../shared/files.ts';
import { judgeFolders } from '../shared/many-files.ts';
import { pkiFoldersOf, places } from '../shared/node-places.ts';

export const pkiCertificateMode = filesCheck({
  id: 'files/pki-certificate-mode',
  title: 'The certificates of the control plane can be written by their owner only',
  severity: 'medium',
  place: places.pki,
  rule: atMost(0o644),
  why: 'Certificates may be read by all, but who can write a certificate authority decides whom the cluster trusts.',
  repair: 'Run `chmod 644` on the certificates named in the finding.',
  judge: (node, files, rule) =>
    judgeFolders(
      node,
      rule,
      pkiFoldersOf(node),
      files.filter(({ kind, path }) => kind === 'file' && path.endsWith('.crt')),
      'certificates',
    ),
});
