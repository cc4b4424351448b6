import { gateCasesFor } from '../../check.ts';
import { cephfsRbdInTree } from './cephfs-rbd-in-tree.check.ts';
import { storage, unread, volume } from './examples.ts';

const upgrade = '1.30.14 to 1.31.14';

export const cases = gateCasesFor(cephfsRbdInTree, [
  { name: 'CSI volumes', upgrade, given: { storage: storage({ volumes: [volume('csi')] }) }, expect: 'pass' },
  { name: 'rbd', upgrade, given: { storage: storage({ volumes: [volume('rbd', 'pv-ceph')] }) }, expect: 'fail', says: 'pv-ceph' },
  {
    name: 'Portworx without its driver',
    given: { storage: storage({ volumes: [volume('portworxVolume')] }) },
    expect: 'fail',
    says: 'pv-1',
  },
  {
    name: 'Portworx with its driver',
    given: { storage: storage({ volumes: [volume('portworxVolume')], drivers: ['pxd.portworx.com'] }) },
    expect: 'pass',
  },
  { name: 'between the two', upgrade: '1.32.11 to 1.33.7', given: { storage: unread }, expect: 'not-applicable' },
]);
