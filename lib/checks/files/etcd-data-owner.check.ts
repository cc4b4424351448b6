import { filesCheck, ownedBy } from '../shared/files.ts';
import { places } from '../shared/node-places.ts';

const repair =
  'Give the node a system user and group `etcd`, let etcd run as that user (`runAsUser` and `runAsGroup` in its manifest, with kubeadm as a patch; profile `cis` with RKE2) and run `chown -R etcd:etcd` on its data and its keys; stock kubeadm runs etcd as root, where changing the owner alone achieves nothing, so a waiver is a fair answer too.';

export const etcdDataOwner = filesCheck({
  id: 'files/etcd-data-owner',
  title: 'The data folder of etcd belongs to a user of its own',
  severity: 'low',
  place: places.etcdData,
  rule: { ...ownedBy('etcd', 'etcd'), repair },
  why: 'An etcd that runs as a user of its own and owns nothing but its data cannot be turned against the rest of the node.',
  repair,
  exempt: ({ layout }) =>
    layout === 'k3s' ? 'k3s runs etcd inside its own process, which is root, so the data is rightly its.' : undefined,
});
