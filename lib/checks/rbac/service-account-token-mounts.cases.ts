import { account, binding, group, rbac, role, rule } from '../../../test/support/rbac.ts';
import { workload } from '../../../test/support/workloads.ts';
import { casesFor } from '../check.ts';
import { serviceAccountTokenMounts } from './service-account-token-mounts.check.ts';

const bot = { namespace: 'shop', name: 'bot' };
const runs = (automountServiceAccountToken?: boolean, serviceAccount = 'bot') =>
  workload({ serviceAccount, ...(automountServiceAccountToken === undefined ? {} : { automountServiceAccountToken }) });
const given = { serviceAccounts: [bot], workloads: [runs()], rbac: rbac([], []) };
const roles = [role('helper', [rule(['get'], '', ['pods'])]), role('empty', [])];
const bound = (subject: ReturnType<typeof account>, to = 'helper') => ({
  ...given,
  rbac: rbac(roles, [binding(to, [subject], { namespace: 'shop' })]),
});
const discovery = binding('system:discovery', [group('system:authenticated')], { name: 'system:discovery', isBootstrap: true });
export const cases = casesFor(serviceAccountTokenMounts, [
  { name: 'unset everywhere, without rights', expect: 'fail', given, says: 'not set, default true; holds no right of its own' },
  { name: 'off on the account', expect: 'pass', given: { ...given, serviceAccounts: [{ ...bot, automountServiceAccountToken: false }] } },
  { name: 'off on the pod', expect: 'pass', given: { ...given, workloads: [runs(false)] }, says: 'false on the pod' },
  {
    name: 'off on the pod wins over the account',
    expect: 'pass',
    given: { ...given, serviceAccounts: [{ ...bot, automountServiceAccountToken: true }], workloads: [runs(false)] },
  },
  {
    name: 'on on the pod wins over the account',
    expect: 'fail',
    given: { ...given, serviceAccounts: [{ ...bot, automountServiceAccountToken: false }], workloads: [runs(true)] },
  },
  { name: 'with rights of its own', expect: 'pass', given: bound(account('shop', 'bot')), says: 'holds rights by RoleBinding some-helper' },
  {
    name: 'with rights that people gave all accounts of the namespace',
    expect: 'pass',
    given: bound(group('system:serviceaccounts:shop')),
  },
  { name: 'with a role that allows nothing', expect: 'fail', given: bound(account('shop', 'bot'), 'empty') },
  { name: 'with a role that does not exist', expect: 'fail', given: bound(account('shop', 'bot'), 'gone') },
  {
    name: 'with what everyone has anyway',
    expect: 'fail',
    given: { ...given, rbac: rbac([role('system:discovery', [rule(['get'], '', ['x'])])], [discovery]) },
  },
  {
    name: 'the default account, whatever its rights',
    expect: 'fail',
    given: { ...bound(account('shop', 'default')), workloads: [runs(undefined, 'default')] },
    says: 'which was given to no workload in particular',
  },
  { name: 'one of two', expect: ['pass', 'fail'], given: { ...given, workloads: [runs(), { ...runs(false), name: 'back' }] } },
  {
    name: 'only static pods, which have no token',
    expect: 'not-applicable',
    given: { ...given, workloads: [workload({ isStatic: true })] },
  },
]);
