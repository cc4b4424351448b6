import { gateCasesFor } from '../../check.ts';
import { csiMigrationVsphere } from './csi-migration-vsphere.check.ts';
import { storage, unread, volume } from './examples.ts';

const upgrade = '1.29.15 to 1.30.14';
const volumes = [volume('vsphereVolume')];

export const cases = gateCasesFor(csiMigrationVsphere, [
  { name: 'no such volumes', upgrade, given: { storage: storage({ volumes: [volume('csi')] }) }, expect: 'pass' },
  { name: 'served by the driver', upgrade, given: { storage: storage({ volumes, drivers: ['csi.vsphere.vmware.com'] }) }, expect: 'pass' },
  { name: 'without the driver', upgrade, given: { storage: storage({ volumes }) }, expect: 'fail', says: 'pv-1' },
  {
    name: 'a class without the driver',
    upgrade,
    given: { storage: storage({ classes: [{ name: 'thin', provisioner: 'kubernetes.io/vsphere-volume' }] }) },
    expect: 'fail',
    says: 'thin',
  },
  { name: 'long past it', given: { storage: unread }, expect: 'not-applicable' },
]);
