import { binding, clusterAdmin, everything, rbac, role, rule, user } from '../../../test/support/rbac.ts';
import { casesFor } from '../check.ts';
import { wildcards } from './wildcards.check.ts';

const having = (...rules: readonly ReturnType<typeof rule>[]) => ({
  rbac: rbac([clusterAdmin, role('helper', rules)], [binding('helper', [user('ann')])]),
});
export const cases = casesFor(wildcards, [
  { name: 'only the role of Kubernetes', expect: 'pass', given: { rbac: rbac([clusterAdmin], []) }, says: 'cluster-admin' },
  { name: 'no roles', expect: 'pass', given: { rbac: rbac([], []) } },
  { name: 'everything is named', expect: 'pass', given: having(rule(['get'], 'apps', ['deployments/scale'])) },
  { name: 'verbs', expect: 'fail', given: having(rule(['*'], 'apps', ['deployments'])) },
  { name: 'groups', expect: 'fail', given: having(rule(['get'], '*', ['deployments'])) },
  { name: 'resources', expect: 'fail', given: having(rule(['get'], 'apps', ['*'])) },
  { name: 'a wildcard among names', expect: 'fail', given: having(rule(['get', '*'], 'apps', ['deployments'])) },
  { name: 'the sub-resource of everything', expect: 'fail', given: having(rule(['get'], 'apps', ['*/scale'])) },
  { name: 'paths', expect: 'fail', given: having({ ...rule(['get'], '', []), apiGroups: [], nonResourceURLs: ['*'] }) },
  { name: 'paths below one', expect: 'pass', given: having({ ...rule(['get'], '', []), apiGroups: [], nonResourceURLs: ['/healthz/*'] }) },
  {
    name: 'nobody is bound',
    expect: 'fail',
    given: { rbac: rbac([role('helper', [everything])], []) },
    says: 'though nobody is bound to it',
  },
  {
    name: 'a Role and a ClusterRole',
    expect: ['fail', 'fail'],
    given: { rbac: rbac([role('a', [everything]), role('a', [everything], { namespace: 'shop' })], []) },
  },
  {
    name: 'a label that only looks built in',
    expect: 'fail',
    given: { rbac: rbac([role('mine', [everything], { isBootstrap: true })], []) },
  },
  { name: 'a name that only looks built in', expect: 'fail', given: { rbac: rbac([role('system:kubelet-api-admin', [everything])], []) } },
  {
    name: 'a sum of roles, the part of which is judged',
    expect: 'fail',
    given: { rbac: rbac([role('part', [everything]), role('admin', [everything], { isAggregated: true })], []) },
    says: 'ClusterRole part',
  },
]);
