import { clusterSubject, defineCheck, fail, notApplicable, pass } from '../check.ts';
import { bindingsOf } from '../shared/rbac.ts';
import { count, few, join, named, upTo } from '../shared/words.ts';

/**
 * An account is out of use when no binding names it, no running pod mounts its token, and it hands its token to nobody by itself. A pod that runs as the account without its
 * token does not use it. Bindings to groups that every account is in belong to the other checks of rights.
 */
export const defaultServiceAccounts = defineCheck({
  id: 'rbac/default-service-accounts',
  title: 'The default ServiceAccounts are out of use',
  severity: 'medium',
  reads: ['serviceAccounts', 'workloads', 'rbac'],
  why: 'A pod that names no account runs as the default one: what that account may do, everything in the namespace may do, and nobody can tell afterwards who did it.',
  repair:
    'Give each workload a ServiceAccount of its own, delete the bindings of the default one, and set `automountServiceAccountToken: false` on it.',
  evaluate: ({ cluster, serviceAccounts, workloads, rbac }) => {
    const accounts = serviceAccounts.filter(({ name }) => name === 'default');
    const users = Map.groupBy(
      workloads.filter(({ serviceAccount, isStatic }) => serviceAccount === 'default' && !isStatic),
      ({ namespace }) => namespace,
    );
    const none = { source: 'ServiceAccounts', looked: 'name default', found: 'none' };
    if (accounts.length === 0) return [notApplicable(clusterSubject(cluster), 'No namespace has a default ServiceAccount.', none)];
    return accounts.map(({ namespace, automountServiceAccountToken: own }) => {
      const subject = { kind: 'ServiceAccount', namespace, name: 'default' } as const;
      const source = named(subject);
      const bindings = bindingsOf(rbac, subject);
      const mounting = (users.get(namespace) ?? []).filter((workload) => workload.automountServiceAccountToken ?? own ?? true);
      const owners = [...new Set(mounting.map(named))];
      const evidence = upTo([
        { source, looked: 'automountServiceAccountToken', found: own === undefined ? 'not set, default true' : String(own) },
        ...bindings.map(({ binding, role }) => ({
          source: named(binding),
          looked: 'subjects',
          found: `${source}, ${binding.roleKind} ${binding.roleName}${role ? '' : ', which does not exist'}`,
        })),
        ...mounting.map((workload) => ({
          source: named(workload),
          looked: 'serviceAccountName',
          found: `default, token mounted (${count(workload.pods, 'pod')})`,
        })),
      ]);
      const reasons = [
        ...(bindings.length > 0 ? [`is bound to ${few([...new Set(bindings.map(({ binding }) => binding.roleName))])}`] : []),
        ...(owners.length > 0 ? [`gives its token to ${count(owners.length, 'workload')}`] : []),
        ...(own === false ? [] : ['mounts its token into every pod that names no account']),
      ];
      if (reasons.length > 0) return fail(subject, `The default ServiceAccount of namespace ${namespace} ${join(reasons)}.`, ...evidence);
      return pass(subject, `The default ServiceAccount of namespace ${namespace} holds no right and mounts no token.`, ...evidence);
    });
  },
});
