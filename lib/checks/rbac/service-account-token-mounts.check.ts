import type { RbacFact, WorkloadFact } from '../../core/facts/index.ts';
import { clusterSubject, defineCheck } from '../check.ts';
import { isBuiltIn } from '../shared/bootstrap-rbac.ts';
import { judgeMany, type Unit, workloadName, workloadSubject } from '../shared/many.ts';
import { bindingsOf } from '../shared/rbac.ts';
import { count, few } from '../shared/words.ts';

/** Bindings that give an account more than every account has anyway: its own, and those that people made for groups it is in. */
const rightsOf = (rbac: RbacFact, { namespace, serviceAccount }: WorkloadFact): readonly string[] => {
  const groups = ['system:serviceaccounts', `system:serviceaccounts:${namespace}`, 'system:authenticated'];
  const own = bindingsOf(rbac, { kind: 'ServiceAccount', namespace, name: serviceAccount });
  const shared = groups.flatMap((name) =>
    bindingsOf(rbac, { kind: 'Group', name }).filter(({ binding }) => !isBuiltIn(binding, { kind: 'Group', name })),
  );
  return [...own, ...shared].flatMap(({ binding, role }) => (role && role.rules.length > 0 ? [`${binding.kind} ${binding.name}`] : []));
};

const judgeMount = (workload: WorkloadFact, ofAccount: boolean | undefined, rights: readonly string[]): Unit => {
  const { automountServiceAccountToken: ofPod, namespace, serviceAccount, pods } = workload;
  const account = `${namespace}/${serviceAccount}`;
  const isDefault = serviceAccount === 'default';
  const isMounted = ofPod ?? ofAccount ?? true;
  const because = isDefault ? 'which was given to no workload in particular' : 'which holds no right of its own';
  const said =
    ofPod !== undefined ? `${ofPod} on the pod` : ofAccount !== undefined ? `${ofAccount} on the account` : 'not set, default true';
  const holds = rights.length > 0 ? `holds rights by ${few(rights, 3)}` : 'holds no right of its own';
  return {
    subject: workloadSubject(workload),
    wrong:
      isMounted && (isDefault || rights.length === 0)
        ? `${workloadName(workload)} mounts the token of ServiceAccount ${account}, ${because}.`
        : undefined,
    evidence: [
      {
        source: `${workloadName(workload)} (${count(pods, 'pod')})`,
        looked: `automountServiceAccountToken, rights of ServiceAccount ${account}`,
        found: isMounted ? `${said}; ${holds}` : said,
      },
    ],
  };
};

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
