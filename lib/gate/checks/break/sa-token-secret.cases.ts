import { gateCasesFor } from '../../check.ts';
import { pods, unread } from './examples.ts';
import { saTokenSecret } from './sa-token-secret.check.ts';

const upgrade = '1.29.15 to 1.30.14';

export const cases = gateCasesFor(saTokenSecret, [
  { name: 'projected tokens', upgrade, given: { pods: pods({ tokenVolumes: [] }) }, expect: 'pass' },
  {
    name: 'a Secret of the token controller',
    upgrade,
    given: { pods: pods({ tokenVolumes: ['deployer-token-x7k2p'] }) },
    expect: 'fail',
    says: 'shop/front',
  },
  { name: 'Secret volumes that were not looked at', upgrade, given: { pods: pods({}) }, expect: 'unknown' },
  { name: 'between the two steps', upgrade: '1.26.15 to 1.27.16', given: { pods: unread }, expect: 'not-applicable' },
]);
