import { filesCheck, ownedBy } from '../shared/files.ts';
import { judgeNetworkFolders } from '../shared/many-files.ts';
import { places } from '../shared/node-places.ts';

export const cniOwner = filesCheck({
  id: 'files/cni-owner',
  title: 'The files of the network plugin belong to root',
  severity: 'medium',
  place: places.cni,
  rule: ownedBy('root', 'root'),
  why: 'The owner of a file can change it whatever its mode says, and whoever changes these can redirect the traffic of pods.',
  repair: 'Run `chown root:root` on the files named, and let the network plugin run as root where it writes them.',
  judge: judgeNetworkFolders,
});
