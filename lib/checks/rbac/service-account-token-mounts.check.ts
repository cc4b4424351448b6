import { clusterSubject, defineCheck } from '../check.ts';
import { judgeMany } from '../shared/many.ts';
import { judgeMount, rightsOf } from '../shared/token-mounts.ts';
import { count } from '../shared/words.ts';

/**
 * Whether a workload needs its token cannot be seen; whether somebody gave its account rights can. A mounted token of an account without rights of its own serves nobody
 * but a thief, so it fails; one whose account has rights is taken as needed, and shown. Rights of a default account prove no need: every pod of the namespace has them. The
 * pod's own word wins over the account's, and unset means mounted. Static pods never have a token.
 */
export const serviceAccountTokenMounts = defineCheck({
  id: 'rbac/service-account-token-mounts',
  title: 'Tokens are mounted only where they are needed',
  severity: 'medium',
  reads: ['workloads', 'serviceAccounts', 'rbac'],
  why: 'A mounted token is what an attacker looks for first in a container; it proves an identity to the API server and to everything that trusts it.',
  repair:
    'Set `automountServiceAccountToken: false` in the pod template or on the ServiceAccount; a workload that does need the API gets an account with a role of its own.',
  evaluate: ({ cluster, workloads, serviceAccounts, rbac }) => {
    const word = new Map(serviceAccounts.map((account) => [`${account.namespace}/${account.name}`, account.automountServiceAccountToken]));
    const units = workloads
      .filter(({ isStatic }) => !isStatic)
      .map((one) => judgeMount(one, word.get(`${one.namespace}/${one.serviceAccount}`), rightsOf(rbac, one)));
    return judgeMany(clusterSubject(cluster), units, {
      looked: 'automountServiceAccountToken',
      none: 'Nothing runs in the cluster but static pods.',
      fine: (number) => `No token, or one that its account was given rights for, is mounted by ${count(number, 'workload')}.`,
    });
  },
});
