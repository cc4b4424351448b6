import { binding, casesOfRight, rbac, role, rule, user } from '../../../test/support/rbac.ts';
import { casesFor } from '../check.ts';
import { tokenCreation } from './token-creation.check.ts';

const holds = (given: ReturnType<typeof rule>) => ({ rbac: rbac([role('helper', [given])], [binding('helper', [user('ann')])]) });
export const cases = casesFor(tokenCreation, [
  ...casesOfRight(rule(['create'], '', ['serviceaccounts/token']), 'namespaced'),
  { name: 'the token of everything', expect: 'fail', given: holds(rule(['create'], '', ['*/token'])) },
  {
    name: 'one account by name',
    expect: 'fail',
    given: holds(rule(['create'], '', ['serviceaccounts/token'], ['bot'])),
    says: 'resourceNames [bot]',
  },
  { name: 'creating accounts', expect: 'pass', given: holds(rule(['create'], '', ['serviceaccounts'])) },
]);
