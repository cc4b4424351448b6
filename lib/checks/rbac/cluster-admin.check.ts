import { clusterSubject, defineCheck } from '../check.ts';
import { holdersOf } from '../shared/rbac.ts';
import { judgeHolders } from '../shared/right-check.ts';

/** A RoleBinding to cluster-admin counts too: it gives everything in its namespace. */
export const clusterAdmin = defineCheck({
  id: 'rbac/cluster-admin',
  title: 'Nobody is bound to cluster-admin besides the cluster itself',
  severity: 'high',
  reads: ['rbac'],
  why: 'The role cluster-admin allows everything: each subject bound to it is a way to lose the whole cluster.',
  repair: 'Bind the subject to a role with only the rights it uses, check that it still works, and delete its binding to cluster-admin.',
  evaluate: ({ cluster, rbac }) => {
    const holders = holdersOf(rbac, ({ kind, name, rules }) => (kind === 'ClusterRole' && name === 'cluster-admin' ? rules : []));
    return judgeHolders(clusterSubject(cluster), 'do everything', holders);
  },
});
