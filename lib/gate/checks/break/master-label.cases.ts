import { gateCasesFor } from '../../check.ts';
import { pods, unread } from './examples.ts';
import { masterLabel } from './master-label.check.ts';

const upgrade = '1.24.17 to 1.25.16';
const old = 'node-role.kubernetes.io/master';
const tolerates = (key: string) => ({ key, operator: 'Exists', effect: 'NoSchedule' });

export const cases = gateCasesFor(masterLabel, [
  { name: 'pods that do neither', upgrade, given: { pods: pods({}) }, expect: 'pass' },
  {
    name: 'both tolerations, as manifests of that time had them',
    upgrade,
    given: { pods: pods({ tolerations: [tolerates(old), tolerates('node-role.kubernetes.io/control-plane')] }) },
    expect: 'pass',
  },
  {
    name: 'the old toleration alone',
    upgrade,
    given: { pods: pods({ tolerations: [tolerates(old)] }) },
    expect: 'fail',
    says: 'shop/front',
  },
  {
    name: 'a selector by the old label',
    upgrade,
    given: { pods: pods({ nodeSelector: { [old]: '' } }) },
    expect: 'fail',
    says: 'selects nodes',
  },
  { name: 'long past it', given: { pods: unread }, expect: 'not-applicable' },
]);
