import { binding, casesOfRight, rbac, role, rule, user } from '../../../test/support/rbac.ts';
import { casesFor } from '../check.ts';
import { secretAccess } from './secret-access.check.ts';

const holds = (...rules: readonly ReturnType<typeof rule>[]) => ({
  rbac: rbac([role('helper', rules)], [binding('helper', [user('ann')])]),
});
export const cases = casesFor(secretAccess, [
  ...casesOfRight(rule(['get'], '', ['secrets']), 'namespaced'),
  { name: 'list alone', expect: 'fail', given: holds(rule(['list'], '', ['secrets'])) },
  { name: 'watch alone', expect: 'fail', given: holds(rule(['watch'], '', ['secrets'])) },
  { name: 'writing only', expect: 'pass', given: holds(rule(['create', 'update', 'delete'], '', ['secrets'])) },
  { name: 'one Secret by name', expect: 'pass', given: holds(rule(['get'], '', ['secrets'], ['db'])), says: 'resourceNames [db]' },
  {
    name: 'one Secret by name and all of them by another rule',
    expect: 'fail',
    given: holds(rule(['get'], '', ['secrets'], ['db']), rule(['list'], '', ['secrets'])),
  },
]);
