import { binding, casesOfRight, rbac, role, rule, user } from '../../../test/support/rbac.ts';
import { casesFor } from '../check.ts';
import { bindImpersonateEscalate } from './bind-impersonate-escalate.check.ts';

const holds = (given: ReturnType<typeof rule>, namespace?: string) => ({
  rbac: rbac([role('helper', [given])], [binding('helper', [user('ann')], namespace ? { namespace } : {})]),
});
export const cases = casesFor(bindImpersonateEscalate, [
  ...casesOfRight(rule(['bind'], 'rbac.authorization.k8s.io', ['clusterroles']), 'namespaced'),
  { name: 'escalate on roles', expect: 'fail', given: holds(rule(['escalate'], 'rbac.authorization.k8s.io', ['roles'])) },
  { name: 'impersonating users', expect: 'fail', given: holds(rule(['impersonate'], '', ['users'])) },
  {
    name: 'impersonating one group',
    expect: 'fail',
    given: holds(rule(['impersonate'], '', ['groups'], ['system:masters'])),
    says: 'resourceNames [system:masters]',
  },
  {
    name: 'impersonating extra fields',
    expect: 'fail',
    given: holds(rule(['impersonate'], 'authentication.k8s.io', ['userextras/scopes'])),
  },
  {
    name: 'impersonating users by a RoleBinding, which gives nothing',
    expect: 'pass',
    given: holds(rule(['impersonate'], '', ['users']), 'shop'),
  },
  {
    name: 'impersonating ServiceAccounts of a namespace',
    expect: 'fail',
    given: holds(rule(['impersonate'], '', ['serviceaccounts']), 'shop'),
  },
  {
    name: 'editing roles, which Kubernetes keeps within the own rights',
    expect: 'pass',
    given: holds(rule(['create', 'update'], 'rbac.authorization.k8s.io', ['roles'])),
  },
]);
