import { gateCasesFor } from '../../check.ts';
import { pods, unread } from './examples.ts';
import { saTokenSecret } from './sa-token-secret.check.ts';

export const cases = gateCasesFor(saTokenSecret, [
  { name: 'projected tokens', upgrade: '1.29.15 to 1.30.14', given: { pods: pods({}) }, expect: 'pass' },
  {
    name: 'a Secret of the token controller',
    upgrade: '1.29.15 to 1.30.14',
    given: { pods: pods({ otherVolumes: ['deployer-token-x7k2p'] }) },
    expect: 'fail',
    says: 'shop/front-1',
  },
  { name: 'between the two steps', upgrade: '1.26.15 to 1.27.16', given: { pods: unread }, expect: 'not-applicable' },
]);
