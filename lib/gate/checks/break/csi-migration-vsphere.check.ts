import { fails, type Named, namesText, passes } from '../../check.ts';
import { defineBreak } from './define-break.ts';

const driver = 'csi.vsphere.vmware.com';

export const csiMigrationVsphere = defineBreak({
  name: 'csi-migration-vsphere',
  title: 'Volumes of the old vSphere plugin have a CSI driver to serve them',
  severity: 'critical',
  why: 'Kubernetes hands volumes of `kubernetes.io/vsphere-volume` to the vSphere CSI driver since its migration became the default; the old plugin is gone in 1.30, and without the driver such volumes neither mount nor detach.',
  repair: 'Install the vSphere CSI driver with migration enabled before the upgrade.',
  links: ['https://kubernetes.io/docs/concepts/storage/volumes/#vspherevolume'],
  at: ['1.25', '1.26', '1.30'],
  needs: ['storage'],
  judge: ({ storage: { volumes, classes, drivers } }) => {
    const old: readonly Named[] = [
      ...volumes
        .filter(({ source }) => /^vsphere/i.test(source))
        .map(({ name }) => ({ kind: 'PersistentVolume', name, detail: 'vsphereVolume' })),
      ...classes
        .filter(({ provisioner }) => provisioner === 'kubernetes.io/vsphere-volume')
        .map(({ name, provisioner }) => ({ kind: 'StorageClass', name, detail: provisioner })),
    ];
    if (old.length === 0) return passes('Nothing uses the old vSphere plugin.');
    if (drivers.includes(driver))
      return passes(`${old.length} objects still name the old vSphere plugin; the driver ${driver} serves them.`);
    return fails(`There is no driver ${driver} for ${namesText(old)}.`, old);
  },
});
