import { container, workload } from '../../../test/support/workloads.ts';
import { casesFor } from '../check.ts';
import { cniEnforcesPolicy } from './cni-enforces-policy.check.ts';

const agent = (image: string) => [
  workload({ kind: 'DaemonSet', namespace: 'kube-flannel', name: 'agent', containers: [container({ image })] }),
];
export const cases = casesFor(cniEnforcesPolicy, [
  { name: 'nothing known', expect: 'manual', given: { workloads: [workload()], apiGroups: ['apps'] }, says: 'No known network plugin' },
  {
    name: 'Calico, by image and API group',
    expect: 'manual',
    given: { workloads: agent('docker.io/calico/node:v3.31.0'), apiGroups: ['crd.projectcalico.org'] },
    says: 'uses Calico;',
  },
  {
    name: 'Cilium, by API group alone',
    expect: 'manual',
    given: { workloads: [], apiGroups: ['cilium.io'] },
    says: 'enforces NetworkPolicies',
  },
  {
    name: 'flannel',
    expect: 'manual',
    given: { workloads: agent('ghcr.io/flannel-io/flannel:v0.27.4'), apiGroups: [] },
    says: 'does not enforce NetworkPolicies by itself',
  },
]);
