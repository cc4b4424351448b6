import { gateCasesFor } from '../../check.ts';
import { exampleWorkload } from '../../shared/examples.ts';
import { singleReplica } from './single-replica.check.ts';

export const cases = gateCasesFor(singleReplica, [
  { name: 'two', given: { workloads: [exampleWorkload()] }, expect: 'pass' },
  { name: 'a DaemonSet of one node', given: { workloads: [exampleWorkload({ kind: 'DaemonSet', replicas: 1 })] }, expect: 'pass' },
  { name: 'one', given: { workloads: [exampleWorkload({ replicas: 1 })] }, expect: 'fail', says: 'shop/front' },
]);
