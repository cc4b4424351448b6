import { gateCasesFor } from '../../check.ts';
import { criV1alpha2 } from './cri-v1alpha2.check.ts';
import { nodes, unread } from './examples.ts';

const upgrade = '1.25.16 to 1.26.15';

export const cases = gateCasesFor(criV1alpha2, [
  { name: 'containerd 1.6', upgrade, given: { nodes: nodes({ containerRuntime: 'containerd://1.6.20' }) }, expect: 'pass' },
  {
    name: 'containerd 1.5',
    upgrade,
    given: { nodes: nodes({ containerRuntime: 'containerd://1.5.18' }) },
    expect: 'fail',
    says: 'worker-1',
  },
  { name: 'long past it', given: { nodes: unread }, expect: 'not-applicable' },
]);
