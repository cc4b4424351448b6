import { gateCasesFor } from '../../check.ts';
import { examplePod } from '../../shared/examples.ts';
import { toleratesUnschedulable } from './tolerates-unschedulable.check.ts';

export const cases = gateCasesFor(toleratesUnschedulable, [
  { name: 'none', given: { pods: [examplePod()] }, expect: 'pass' },
  {
    name: 'one of a DaemonSet',
    given: { pods: [examplePod({ toleratesUnschedulable: true, owner: { kind: 'DaemonSet', name: 'agent' } })] },
    expect: 'pass',
  },
  { name: 'one of a Deployment', given: { pods: [examplePod({ toleratesUnschedulable: true })] }, expect: 'fail', says: 'shop/front' },
]);
