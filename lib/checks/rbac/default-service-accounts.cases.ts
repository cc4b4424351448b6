import { account, binding, rbac, role, rule, user } from '../../../test/support/rbac.ts';
import { workload } from '../../../test/support/workloads.ts';
import { casesFor } from '../check.ts';
import { defaultServiceAccounts } from './default-service-accounts.check.ts';

const off = { namespace: 'shop', name: 'default', automountServiceAccountToken: false };
const unset = { namespace: 'shop', name: 'default' };
const given = {
  serviceAccounts: [off, { namespace: 'shop', name: 'bot' }],
  workloads: [workload({ serviceAccount: 'bot' })],
  rbac: rbac([], []),
};
const roles = [role('helper', [rule(['get'], '', ['pods'])])];
const bound = (...subjects: readonly ReturnType<typeof user>[]) => ({
  ...given,
  rbac: rbac(roles, [binding('helper', subjects, { namespace: 'shop' })]),
});
export const cases = casesFor(defaultServiceAccounts, [
  { name: 'out of use', expect: 'pass', given },
  { name: 'unset', expect: 'fail', given: { ...given, serviceAccounts: [unset] }, says: 'not set, default true' },
  { name: 'bound', expect: 'fail', given: bound(account('shop', 'default')), says: 'is bound to helper' },
  { name: 'bound as a user', expect: 'fail', given: bound(user('system:serviceaccount:shop:default')), says: 'is bound to helper' },
  { name: 'another account is bound', expect: 'pass', given: bound(account('shop', 'bot'), account('web', 'default')) },
  {
    name: 'bound to a role that does not exist',
    expect: 'fail',
    given: { ...given, rbac: rbac([], [binding('helper', [account('shop', 'default')])]) },
    says: 'which does not exist',
  },
  {
    name: 'a pod mounts its token',
    expect: 'fail',
    given: { ...given, workloads: [workload({ automountServiceAccountToken: true })] },
    says: 'gives its token to 1 workload',
  },
  { name: 'a pod runs as it without its token', expect: 'pass', given: { ...given, workloads: [workload()] } },
  {
    name: 'everything at once',
    expect: 'fail',
    given: { ...bound(account('shop', 'default')), serviceAccounts: [unset], workloads: [workload()] },
    says: 'is bound to helper, gives its token to 1 workload and mounts its token',
  },
  {
    name: 'a static pod, which has no account',
    expect: 'pass',
    given: { ...given, workloads: [workload({ isStatic: true, automountServiceAccountToken: true })] },
  },
  {
    name: 'one account per namespace',
    expect: ['pass', 'fail'],
    given: { ...given, serviceAccounts: [off, { ...unset, namespace: 'kube-system' }] },
  },
  { name: 'no accounts', expect: 'not-applicable', given: { ...given, serviceAccounts: [] } },
]);
