import { gateCasesFor } from '../../check.ts';
import { pods, unread } from './examples.ts';
import { seccompAnnot } from './seccomp-annot.check.ts';

const upgrade = '1.24.17 to 1.25.16';

export const cases = gateCasesFor(seccompAnnot, [
  { name: 'none', upgrade, given: { pods: pods({}) }, expect: 'pass' },
  {
    name: 'a profile by annotation',
    upgrade,
    given: { pods: pods({ annotations: { 'seccomp.security.alpha.kubernetes.io/pod': 'runtime/default' } }) },
    expect: 'fail',
    says: 'shop/front',
  },
  { name: 'long past it', given: { pods: unread }, expect: 'not-applicable' },
]);
