import { gateCasesFor } from '../../check.ts';
import { exampleWorkload } from '../../shared/examples.ts';
import { cpi } from './cpi.check.ts';

const runs = (tag: string, repository = 'registry.k8s.io/cloud-pv-vsphere/cloud-provider-vsphere') => ({
  workloads: [
    exampleWorkload({
      kind: 'DaemonSet',
      namespace: 'kube-system',
      name: 'vsphere-cloud-controller-manager',
      images: [`${repository}:${tag}`],
    }),
  ],
});

export const cases = gateCasesFor(cpi, [
  { name: 'as new as the cluster', given: runs('v1.35.0'), expect: 'pass', says: 'upgrade it to 1.36' },
  {
    name: 'a target it has no release for yet',
    upgrade: '1.36.3 to 1.37.2',
    given: runs('v1.36.0'),
    expect: 'pass',
    says: 'no 1.37 of it',
  },
  { name: 'a patch of Kubernetes', upgrade: '1.36.1 to 1.36.3', given: runs('v1.36.0'), expect: 'pass', says: 'made for the target' },
  { name: 'two behind the target', given: runs('v1.34.0'), expect: 'fail', says: 'kube-system/vsphere-cloud-controller-manager' },
  { name: 'upgraded before the API server', given: runs('v1.36.0'), expect: 'fail', says: 'newer than the API server' },
  {
    name: 'the old registry',
    upgrade: '1.31.14 to 1.32.11',
    given: runs('v1.26.2', 'gcr.io/cloud-provider-vsphere/cpi/release/manager'),
    expect: 'fail',
  },
  { name: 'no version in the tag', given: runs('latest'), expect: 'unknown' },
  { name: 'none', given: { workloads: [exampleWorkload()] }, expect: 'not-applicable' },
]);
