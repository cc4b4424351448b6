import { gateCasesFor } from '../../check.ts';
import { cpiSkew } from './cpi.check.ts';
import { cloudProvider, controlPlane } from './examples.ts';

const given = (tag: string) => ({ workloads: [cloudProvider(tag)], controlPlane: controlPlane('v1.35.4') });

export const cases = gateCasesFor(cpiSkew, [
  { name: 'the same minor', given: given('v1.35.0'), expect: 'pass' },
  { name: 'one behind', given: given('v1.34.0'), expect: 'pass' },
  { name: 'two behind', given: given('v1.33.0'), expect: 'fail', says: 'kube-system/vsphere-cloud-controller-manager' },
  { name: 'newer', given: given('v1.36.0'), expect: 'fail' },
  { name: 'a tag that is no version', given: given('latest'), expect: 'unknown' },
  { name: 'no vSphere', given: { workloads: [], controlPlane: controlPlane('v1.35.4') }, expect: 'not-applicable' },
]);
