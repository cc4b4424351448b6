import { gateCasesFor } from '../../check.ts';
import { containerd1x } from './containerd-1.x.check.ts';
import { nodes, unread } from './examples.ts';

const upgrade = '1.36.3 to 1.37.2';

export const cases = gateCasesFor(containerd1x, [
  { name: 'containerd 2', upgrade, given: { nodes: nodes({}) }, expect: 'pass' },
  { name: 'another runtime', upgrade, given: { nodes: nodes({ containerRuntime: 'cri-o://1.36.0' }) }, expect: 'pass' },
  {
    name: 'containerd 1.7',
    upgrade,
    given: { nodes: nodes({ containerRuntime: 'containerd://1.7.28' }) },
    expect: 'fail',
    says: 'worker-1',
  },
  {
    name: 'a patch of 1.37',
    upgrade: '1.37.0 to 1.37.2',
    given: { nodes: nodes({ containerRuntime: 'containerd://1.6.20' }) },
    expect: 'fail',
  },
  { name: 'a target with more time', given: { nodes: unread }, expect: 'not-applicable' },
]);
