import { defineGateCheck, doesNotApply, isUnknown } from '../../check.ts';
import { compatibility } from '../../data/compatibility.ts';
import { findAddon } from './find.ts';
import { judgeMatrix } from './matrix.ts';

const driver = 'csi.vsphere.vmware.com';
const repository = /(^|\/)(csi-vsphere\/driver|csi\/release\/driver|vsphere-block-csi-driver)$/;

export const csi = defineGateCheck({
  id: 'addon.csi',
  category: 'addon',
  title: 'The vSphere CSI driver supports the target',
  severity: 'high',
  why: 'Each release of the driver is made for three minors or so; beyond them attaching, resizing and snapshots of volumes are untested.',
  repair: 'Upgrade the driver to a release that names both the current minor and the target, then upgrade Kubernetes.',
  links: ['https://github.com/kubernetes-sigs/vsphere-csi-driver/releases', compatibility.source],
  reads: ['workloads'],
  mayRead: ['storage'],
  evaluate: ({ workloads, storage, upgrade }) => {
    const found = findAddon(workloads, repository);
    if (found.length > 0) return judgeMatrix('vsphere-csi', 'vSphere CSI', 'supports', found, upgrade.target);
    if (storage.read && storage.value.drivers.includes(driver))
      return isUnknown(`${driver} is registered, but no workload runs an image of it; look at the version it was installed with.`, [
        { kind: 'CSIDriver', name: driver },
      ]);
    return doesNotApply('The vSphere CSI driver is not installed.');
  },
});
