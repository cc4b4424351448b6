import { seen, unseen } from '../../../core/facts/index.ts';
import type { GateStorage } from '../../../core/gate/index.ts';
import { gateCasesFor } from '../../check.ts';
import { exampleWorkload } from '../../shared/examples.ts';
import { csi } from './csi.check.ts';

const runs = (image: string) => [exampleWorkload({ namespace: 'vmware-system-csi', name: 'vsphere-csi-controller', images: [image] })];
const drivers = (...names: readonly string[]) => seen<GateStorage>({ volumes: [], classes: [], drivers: names, hanging: [] });
const storage = drivers('csi.vsphere.vmware.com');
const release = (version: string) => runs(`registry.k8s.io/csi-vsphere/driver:${version}`);

export const cases = gateCasesFor(csi, [
  { name: '3.8 at 1.36', given: { workloads: release('v3.8.0'), storage }, expect: 'pass', says: '3.8.0' },
  {
    name: '3.7 at 1.36',
    given: { workloads: release('v3.7.3'), storage },
    expect: 'fail',
    says: 'vmware-system-csi/vsphere-csi-controller',
  },
  {
    name: '3.8 at 1.37',
    upgrade: '1.36.3 to 1.37.2',
    given: { workloads: release('v3.8.0'), storage },
    expect: 'fail',
    says: '1.34 to 1.36, not 1.37',
  },
  { name: 'a mirror', given: { workloads: runs('mirror.example:5000/csi-vsphere/driver:v3.8.0@sha256:0123'), storage }, expect: 'pass' },
  {
    name: 'a release without a row',
    upgrade: '1.27.16 to 1.28.15',
    given: { workloads: release('v3.1.2'), storage },
    expect: 'unknown',
    says: '3.1.2',
  },
  {
    name: 'notes that leave older minors open',
    upgrade: '1.30.14 to 1.31.14',
    given: { workloads: release('v3.4.0'), storage },
    expect: 'unknown',
  },
  { name: 'no version in the tag', given: { workloads: release('latest'), storage }, expect: 'unknown', says: 'latest' },
  { name: 'a driver without a workload', given: { workloads: [], storage }, expect: 'unknown', says: 'csi.vsphere.vmware.com' },
  { name: 'another driver', given: { workloads: [exampleWorkload()], storage: drivers('ebs.csi.aws.com') }, expect: 'not-applicable' },
  {
    name: 'storage that could not be read',
    given: { workloads: [], storage: unseen('The right to list is missing.') },
    expect: 'not-applicable',
  },
]);
