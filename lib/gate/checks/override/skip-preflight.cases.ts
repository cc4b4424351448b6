import { gateCasesFor } from '../../check.ts';
import { withObject, withoutMachines } from './examples.ts';
import { skipPreflight } from './skip-preflight.check.ts';

export const cases = gateCasesFor(skipPreflight, [
  { name: 'none', given: withObject({ kind: 'MachineSet', name: 'prod-md' }), expect: 'pass' },
  {
    name: 'all are skipped',
    given: withObject({ kind: 'MachineSet', name: 'prod-md', annotations: { 'machineset.cluster.x-k8s.io/skip-preflight-checks': 'All' } }),
    expect: 'fail',
    says: 'fleet/prod-md: machineset.cluster.x-k8s.io/skip-preflight-checks=All',
  },
  {
    name: 'CoreDNS is left alone',
    given: withObject({ kind: 'KubeadmControlPlane', name: 'prod-cp', annotations: { 'controlplane.cluster.x-k8s.io/skip-coredns': '' } }),
    expect: 'fail',
    says: 'fleet/prod-cp',
  },
  { name: 'no Cluster API', given: withoutMachines, expect: 'not-applicable' },
]);
