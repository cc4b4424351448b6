import { gateCasesFor } from '../../check.ts';
import { exampleWorkload } from '../../shared/examples.ts';
import { pendingRollout } from './pending-rollout.check.ts';

export const cases = gateCasesFor(pendingRollout, [
  { name: 'all done', given: { workloads: [exampleWorkload()] }, expect: 'pass' },
  { name: 'pods down, nothing to roll out', given: { workloads: [exampleWorkload({ available: 0 })] }, expect: 'pass' },
  { name: 'scaled to nothing', given: { workloads: [exampleWorkload({ replicas: 0, updated: 0, available: 0 })] }, expect: 'pass' },
  { name: 'half way', given: { workloads: [exampleWorkload({ updated: 1 })] }, expect: 'fail', says: 'shop/front' },
  {
    name: 'stuck',
    given: { workloads: [exampleWorkload({ stuck: 'ProgressDeadlineExceeded' })] },
    expect: 'fail',
    says: 'ProgressDeadlineExceeded',
  },
  { name: 'not looked at', given: { workloads: [exampleWorkload({ observedGeneration: 2 })] }, expect: 'fail', says: 'no controller' },
  { name: 'paused half way', given: { workloads: [exampleWorkload({ paused: true, updated: 0 })] }, expect: 'fail', says: 'paused' },
  { name: 'paused', given: { workloads: [exampleWorkload({ paused: true })] }, expect: 'fail', says: 'is paused' },
]);
