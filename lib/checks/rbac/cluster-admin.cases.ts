import {
  account,
  binding,
  everything,
  clusterAdmin as everythingRole,
  group,
  mastersBinding,
  rbac,
  role,
  user,
} from '../../../test/support/rbac.ts';
import { casesFor } from '../check.ts';
import { clusterAdmin } from './cluster-admin.check.ts';

const kubeadm = binding('cluster-admin', [group('kubeadm:cluster-admins')], { name: 'kubeadm:cluster-admins' });
const bound = (...bindings: readonly ReturnType<typeof binding>[]) => ({
  rbac: rbac([everythingRole], [mastersBinding(), kubeadm, ...bindings]),
});
export const cases = casesFor(clusterAdmin, [
  { name: 'stock kubeadm', expect: 'pass', given: bound(), says: 'Group kubeadm:cluster-admins' },
  { name: 'a user', expect: 'fail', given: bound(binding('cluster-admin', [user('ann')])), says: 'ClusterRoleBinding some-cluster-admin' },
  {
    name: 'a RoleBinding',
    expect: 'fail',
    given: bound(binding('cluster-admin', [account('shop', 'default')], { namespace: 'shop' })),
    says: 'may do everything in namespace shop',
  },
  {
    name: 'anonymous callers',
    expect: ['fail', 'fail'],
    given: bound(binding('cluster-admin', [user('system:anonymous'), group('system:unauthenticated')])),
    says: 'Everyone without logging in (Group system:unauthenticated)',
  },
  {
    name: 'somebody added to the bootstrap binding',
    expect: 'fail',
    given: { rbac: rbac([everythingRole], [mastersBinding(user('eve')), kubeadm]) },
    says: 'User eve',
  },
  {
    name: 'one subject through two bindings is judged once',
    expect: 'fail',
    given: bound(binding('cluster-admin', [user('ann')]), binding('cluster-admin', [user('ann')], { namespace: 'shop' })),
    says: 'RoleBinding shop/some-cluster-admin',
  },
  {
    name: 'another group under the name of the kubeadm binding',
    expect: 'fail',
    given: { rbac: rbac([everythingRole], [{ ...kubeadm, subjects: [group('everyone')] }]) },
  },
  {
    name: 'a Role that is merely called cluster-admin',
    expect: 'pass',
    given: {
      rbac: rbac(
        [everythingRole, role('cluster-admin', [everything], { namespace: 'shop' })],
        [mastersBinding(), binding('cluster-admin', [user('ann')], { namespace: 'shop', roleKind: 'Role' })],
      ),
    },
  },
]);
