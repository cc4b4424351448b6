import { gateCasesFor } from '../../check.ts';
import { examplePod } from '../../shared/examples.ts';
import { finalizers } from './finalizers.check.ts';

export const cases = gateCasesFor(finalizers, [
  { name: 'none', given: { pods: [examplePod()] }, expect: 'pass' },
  { name: 'that of a Job', given: { pods: [examplePod({ finalizers: ['batch.kubernetes.io/job-tracking'] })] }, expect: 'pass' },
  {
    name: 'that of a program',
    given: { pods: [examplePod({ finalizers: ['shop.example/billing'] })] },
    expect: 'fail',
    says: 'shop.example/billing',
  },
]);
