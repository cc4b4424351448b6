import { atMost, filesCheck } from '../shared/files.ts';
import { judgeFolders } from '../shared/many-files.ts';
import { pkiFoldersOf, places } from '../shared/node-places.ts';

export const pkiKeyMode = filesCheck({
  id: 'files/pki-key-mode',
  title: 'The private keys of the control plane can be read and written by their owner only',
  severity: 'critical',
  place: places.pki,
  rule: atMost(0o600),
  why: 'Whoever reads ca.key can issue a certificate for any user, and whoever reads sa.key a token for any account, and nothing in the cluster shows it.',
  repair: 'Run `chmod 600` on the keys named in the finding, and replace every key that others could read.',
  judge: (node, files, rule) =>
    judgeFolders(
      node,
      rule,
      pkiFoldersOf(node),
      files.filter(({ kind, path }) => kind === 'file' && path.endsWith('.key')),
      'private keys',
    ),
});
