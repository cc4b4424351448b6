import type { RbacFact, WorkloadFact } from '../../core/facts/index.ts';
import { isBuiltIn } from './bootstrap-rbac.ts';
import { type Unit, workloadSubject } from './many.ts';
import { bindingsOf } from './rbac.ts';
import { count, few, named } from './words.ts';

/** Bindings that give an account more than every account has anyway: its own, and those that people made for groups it is in. */
export const rightsOf = (rbac: RbacFact, { namespace, serviceAccount }: WorkloadFact): readonly string[] => {
  const groups = ['system:serviceaccounts', `system:serviceaccounts:${namespace}`, 'system:authenticated'];
  const own = bindingsOf(rbac, { kind: 'ServiceAccount', namespace, name: serviceAccount });
  const shared = groups.flatMap((name) =>
    bindingsOf(rbac, { kind: 'Group', name }).filter(({ binding }) => !isBuiltIn(binding, { kind: 'Group', name })),
  );
  return [...own, ...shared].flatMap(({ binding, role }) => (role && role.rules.length > 0 ? [`${binding.kind} ${binding.name}`] : []));
};

/** Whether a workload mounts a token that nobody gave rights for. */
export const judgeMount = (workload: WorkloadFact, ofAccount: boolean | undefined, rights: readonly string[]): Unit => {
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
        ? `${named(workload)} mounts the token of ServiceAccount ${account}, ${because}.`
        : undefined,
    evidence: [
      {
        source: `${named(workload)} (${count(pods, 'pod')})`,
        looked: `automountServiceAccountToken, rights of ServiceAccount ${account}`,
        found: isMounted ? `${said}; ${holds}` : said,
      },
    ],
  };
};
