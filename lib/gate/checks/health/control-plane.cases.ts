import { gateCasesFor } from '../../check.ts';
import { exampleComponents, exampleWorkload } from '../../shared/examples.ts';
import { controlPlane } from './control-plane.check.ts';

const coreDns = exampleWorkload({ namespace: 'kube-system', name: 'coredns' });
const stock = exampleComponents('cp-1');

export const cases = gateCasesFor(controlPlane, [
  { name: 'one control plane, as kubeadm makes it', given: { controlPlane: stock, workloads: [coreDns] }, expect: 'pass' },
  { name: 'a control plane that somebody else runs', given: { controlPlane: [], workloads: [coreDns] }, expect: 'pass', says: 'outside' },
  {
    name: 'a scheduler that is not ready',
    given: { controlPlane: stock.map((pod) => ({ ...pod, ready: pod.component !== 'kube-scheduler' })), workloads: [coreDns] },
    expect: 'fail',
    says: 'kube-system/kube-scheduler-cp-1',
  },
  {
    name: 'a second control plane without controller manager',
    given: {
      controlPlane: [...stock, ...exampleComponents('cp-2').filter(({ component }) => component !== 'kube-controller-manager')],
      workloads: [coreDns],
    },
    expect: 'fail',
    says: 'kube-system/kube-controller-manager-cp-2',
  },
  {
    name: 'CoreDNS with one of two',
    given: { controlPlane: stock, workloads: [{ ...coreDns, available: 1 }] },
    expect: 'fail',
    says: 'kube-system/coredns',
  },
  { name: 'trouble of another namespace', given: { controlPlane: stock, workloads: [exampleWorkload({ available: 0 })] }, expect: 'pass' },
]);
