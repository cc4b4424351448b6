import { atMost, filesCheck } from '../shared/files.ts';
import { judgeNetworkFolders } from '../shared/many-files.ts';
import { places } from '../shared/node-places.ts';

export const cniMode = filesCheck({
  id: 'files/cni-mode',
  title: 'The files of the network plugin can be read and written by their owner only',
  severity: 'medium',
  place: places.cni,
  rule: atMost(0o600),
  why: 'These files say how pods are connected and which address is whose; a process that can change them can redirect the traffic of pods.',
  repair:
    'Run `chmod 600` on the files named; where the plugin writes them anew (one for each pod in /var/lib/cni/networks), use a version of it that writes them so, or start the container runtime with umask 077.',
  judge: judgeNetworkFolders,
});
