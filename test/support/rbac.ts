import type { PolicyRule, RbacFact, RbacSubject, RoleBindingFact, RoleFact } from '../../lib/core/facts/index.ts';

/** A rule: these verbs on these resources of one group, limited to these names. */
export const rule = (
  verbs: readonly string[],
  apiGroup: string,
  resources: readonly string[],
  resourceNames: readonly string[] = [],
): PolicyRule => ({
  verbs,
  apiGroups: [apiGroup],
  resources,
  resourceNames,
  nonResourceURLs: [],
});
export const everything: PolicyRule = rule(['*'], '*', ['*']);

export const user = (name: string): RbacSubject => ({ kind: 'User', name });
export const group = (name: string): RbacSubject => ({ kind: 'Group', name });
export const account = (namespace: string, name: string): RbacSubject => ({ kind: 'ServiceAccount', namespace, name });

/** A ClusterRole, or a Role when it is given a namespace. */
export const role = (name: string, rules: readonly PolicyRule[], more: Partial<RoleFact> = {}): RoleFact => ({
  kind: more.namespace ? 'Role' : 'ClusterRole',
  name,
  isBootstrap: false,
  isAggregated: false,
  rules,
  ...more,
});

/** A ClusterRoleBinding to a ClusterRole, or a RoleBinding when it is given a namespace. */
export const binding = (roleName: string, subjects: readonly RbacSubject[], more: Partial<RoleBindingFact> = {}): RoleBindingFact => ({
  kind: more.namespace ? 'RoleBinding' : 'ClusterRoleBinding',
  name: `some-${roleName}`,
  isBootstrap: false,
  roleKind: 'ClusterRole',
  roleName,
  subjects,
  ...more,
});

export const rbac = (roles: readonly RoleFact[], bindings: readonly RoleBindingFact[]): RbacFact => ({ roles, bindings });

/** The role that may do everything, as Kubernetes makes it. */
export const clusterAdmin = role('cluster-admin', [everything, { ...everything, apiGroups: [], resources: [], nonResourceURLs: ['*'] }], {
  isBootstrap: true,
});
/** Its binding to system:masters, as Kubernetes makes it, and whomever somebody added to it. */
export const mastersBinding = (...added: readonly RbacSubject[]): RoleBindingFact =>
  binding('cluster-admin', [group('system:masters'), ...added], { name: 'cluster-admin', isBootstrap: true });

/** Cases that every check of a right must answer alike; `given` is a rule with exactly that right. */
export const casesOfRight = (given: PolicyRule, scope: 'namespaced' | 'cluster') => {
  const helper = role('helper', [given]);
  const own = [clusterAdmin];
  return [
    { name: 'no roles at all', expect: 'pass', given: { rbac: rbac([], []) }, says: 'nobody' },
    { name: 'only system:masters', expect: 'pass', given: { rbac: rbac(own, [mastersBinding()]) }, says: 'system:masters' },
    {
      name: 'a user, by a role of its own',
      expect: 'fail',
      given: { rbac: rbac([helper], [binding('helper', [user('ann')])]) },
      says: 'User ann may',
    },
    {
      name: 'a ServiceAccount and a group, by one binding',
      expect: ['fail', 'fail'],
      given: { rbac: rbac([...own, helper], [mastersBinding(), binding('helper', [account('shop', 'bot'), group('ops')])]) },
      says: 'ServiceAccount shop/bot may',
    },
    {
      name: 'a user, by cluster-admin',
      expect: 'fail',
      given: { rbac: rbac(own, [mastersBinding(), binding('cluster-admin', [user('ann')])]) },
    },
    {
      name: 'somebody whom a person added to a bootstrap binding',
      expect: 'fail',
      given: { rbac: rbac(own, [mastersBinding(user('system:anonymous'))]) },
      says: 'Everyone without logging in (User system:anonymous) may',
    },
    {
      name: 'a bootstrap role that was widened, for everyone who can log in',
      expect: 'fail',
      given: {
        rbac: rbac(
          [role('system:basic-user', [given], { isBootstrap: true })],
          [binding('system:basic-user', [group('system:authenticated')], { name: 'system:basic-user', isBootstrap: true })],
        ),
      },
      says: 'Everyone who can log in',
    },
    {
      name: 'a label and a name that only look built in',
      expect: 'fail',
      given: {
        rbac: rbac(
          [role('system:controller:x', [given], { isBootstrap: true })],
          [binding('system:controller:x', [account('kube-system', 'x')], { name: 'system:controller:x', isBootstrap: true })],
        ),
      },
    },
    {
      name: 'a RoleBinding',
      expect: scope === 'namespaced' ? 'fail' : 'pass',
      given: { rbac: rbac([helper], [binding('helper', [user('ann')], { namespace: 'shop' })]) },
      ...(scope === 'namespaced' ? { says: 'in namespace shop' } : {}),
    },
    {
      name: 'a RoleBinding to cluster-admin',
      expect: scope === 'namespaced' ? 'fail' : 'pass',
      given: { rbac: rbac(own, [binding('cluster-admin', [account('shop', 'default')], { namespace: 'shop' })]) },
    },
    { name: 'a role nobody is bound to', expect: 'pass', given: { rbac: rbac([helper], []) } },
    { name: 'a binding to a role that does not exist', expect: 'pass', given: { rbac: rbac([], [binding('helper', [user('ann')])]) } },
    {
      name: 'the same name in another namespace',
      expect: 'pass',
      given: {
        rbac: rbac(
          [role('helper', [given], { namespace: 'web' })],
          [binding('helper', [user('ann')], { namespace: 'shop', roleKind: 'Role' })],
        ),
      },
    },
    {
      name: 'the right verbs on something else',
      expect: 'pass',
      given: { rbac: rbac([role('helper', [{ ...given, resources: ['events'] }])], [binding('helper', [user('ann')])]) },
    },
    {
      name: 'the right resource in another group',
      expect: 'pass',
      given: { rbac: rbac([role('helper', [{ ...given, apiGroups: ['example.com'] }])], [binding('helper', [user('ann')])]) },
    },
    {
      name: 'wildcards in place of verbs, groups and resources',
      expect: ['fail', 'fail', 'fail'],
      given: {
        rbac: rbac(
          [
            role('a', [{ ...given, verbs: ['*'] }]),
            role('b', [{ ...given, apiGroups: ['*'] }]),
            role('c', [{ ...given, resources: ['events', '*'] }]),
          ],
          [binding('a', [user('ann')]), binding('b', [user('bob')]), binding('c', [user('cid')])],
        ),
      },
    },
  ] as const;
};
