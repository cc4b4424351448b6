import { atMost, filesCheck } from '../shared/files.ts';
import { places } from '../shared/node-places.ts';

export const etcdDataMode = filesCheck({
  id: 'files/etcd-data-mode',
  title: 'The data folder of etcd is open to its owner only',
  severity: 'high',
  place: places.etcdData,
  rule: atMost(0o700),
  why: 'Everything that the cluster stores lies here, Secrets included, in clear text unless encryption at rest is on.',
  repair:
    'Run `chmod 700 /var/lib/etcd` on every node named in the finding, and set it too where the node image or the bootstrap configuration makes the folder, so that new nodes have it.',
});
