import { gateCasesFor } from '../../check.ts';
import { cephfsRbdInTree } from './cephfs-rbd-in-tree.check.ts';
import { pods, storage, unread, volume } from './examples.ts';

const upgrade = '1.30.14 to 1.31.14';
const of = (source: string, ...drivers: readonly string[]) => ({
  storage: storage({ volumes: [volume(source, 'pv-7')], drivers }),
  pods: pods({}),
});

export const cases = gateCasesFor(cephfsRbdInTree, [
  { name: 'CSI volumes', upgrade, given: of('csi'), expect: 'pass' },
  { name: 'rbd', upgrade, given: of('rbd'), expect: 'fail', says: 'pv-7' },
  {
    name: 'rbd straight in a pod',
    upgrade,
    given: { storage: storage(), pods: pods({ otherVolumes: ['rbd'] }) },
    expect: 'fail',
    says: 'shop/front',
  },
  { name: 'Portworx without its driver', given: of('portworxVolume'), expect: 'fail', says: 'pv-7' },
  { name: 'Portworx with its driver', given: of('portworxVolume', 'pxd.portworx.com'), expect: 'pass' },
  { name: 'gitRepo', given: { storage: storage(), pods: pods({ otherVolumes: ['gitRepo'] }) }, expect: 'fail', says: 'gitRepo' },
  { name: 'between the two', upgrade: '1.32.11 to 1.33.7', given: { storage: unread, pods: unread }, expect: 'not-applicable' },
]);
