import type { RbacFact, RbacSubject, WorkloadFact } from '../../../core/facts/index.ts';
import type { Evidence, Judgement } from '../../../core/finding.ts';
import { bySeverity, type Severity } from '../../../core/outcome.ts';
import { clusterSubject, fail, notApplicable, pass } from '../../check.ts';
import { bindingsOf, gives } from '../../shared/rbac.ts';
import { ruleInWords } from '../../shared/right-check.ts';
import { count, few, join, named, upTo } from '../../shared/words.ts';
import { defineStatement } from '../statement.ts';
import { tokenMounts } from './mounts.ts';
import { takeoverRights } from './takeover-rights.ts';

interface Held {
  readonly doing: string;
  readonly severity: Severity;
  readonly evidence: Evidence;
}

/** Everything that a ServiceAccount is to the authorizer: itself, and the groups it is in. */
const identitiesOf = (namespace: string, name: string): readonly RbacSubject[] => [
  { kind: 'ServiceAccount', namespace, name },
  ...['system:serviceaccounts', `system:serviceaccounts:${namespace}`, 'system:authenticated'].map(
    (group): RbacSubject => ({ kind: 'Group', name: group }),
  ),
];

/** Which of the rights worth stealing an account holds, by which binding. */
const heldBy = (rbac: RbacFact, namespace: string, name: string): readonly Held[] =>
  identitiesOf(namespace, name).flatMap((identity) =>
    bindingsOf(rbac, identity).flatMap(({ binding, role }) =>
      takeoverRights.flatMap(({ doing, severity, inNamespace, rights }): readonly Held[] => {
        const isWhole = binding.kind === 'ClusterRoleBinding';
        const grave = isWhole ? severity : inNamespace;
        const rules = (role?.rules ?? []).filter((rule) =>
          rights.some(
            (right) =>
              (isWhole || !right.isClusterScoped) && (right.named === 'counts' || rule.resourceNames.length === 0) && gives(rule, right),
          ),
        );
        if (grave === undefined || rules.length === 0) return [];
        const where = isWhole ? 'in the whole cluster' : `in namespace ${binding.namespace}`;
        const found = `may ${doing} ${where}: ${few(rules.map(ruleInWords), 2)}`;
        return [{ doing, severity: grave, evidence: { source: named(binding), looked: `rights of ${named(identity)}`, found } }];
      }),
    ),
  );

const judgeAccount = (rbac: RbacFact, workloads: readonly [WorkloadFact, ...WorkloadFact[]]): Judgement | undefined => {
  const [{ namespace, serviceAccount: name }] = workloads;
  const held = heldBy(rbac, namespace, name).toSorted((a, b) => bySeverity(a.severity, b.severity));
  const [worst] = held;
  if (!worst) return undefined;
  const subject = { kind: 'ServiceAccount', namespace, name };
  const carriers = [...new Set(workloads.map(named))];
  const may = join([...new Set(held.map(({ doing }) => doing))]);
  const says = `Whoever breaks into ${few(carriers, 2)} gets the token of ServiceAccount ${namespace}/${name}, which may ${may}.`;
  const mounted = { source: few(carriers, 3), looked: 'mounted token', found: `ServiceAccount ${namespace}/${name}` };
  return { ...fail(subject, says, ...upTo([mounted, ...held.map(({ evidence }) => evidence)])), severity: worst.severity };
};

export const tokenRights = defineStatement({
  id: 'exposure/cluster/token-rights',
  covers: ['POD-01', 'KUB-07'],
  title: 'Tokens in running pods give no rights that lead further',
  severity: 'high',
  why: 'Who breaks into a container holds its token; with rights over Secrets, pods, nodes or roles one container becomes the cluster.',
  repair:
    'Take the named rights out of the role or bind it in one namespace only, give the workload an account of its own, and set `automountServiceAccountToken: false` where the API is not needed.',
  techniques: ['T1528'],
  references: ['https://kubernetes.io/docs/concepts/security/rbac-good-practices/'],
  reads: ['workloads', 'serviceAccounts', 'rbac'],
  evaluate: ({ cluster, workloads, serviceAccounts, rbac }) => {
    const carrying = workloads.filter(tokenMounts(serviceAccounts));
    const subject = clusterSubject(cluster);
    if (carrying.length === 0)
      return [
        notApplicable(subject, 'No running pod has a token.', { source: 'pods of the cluster', looked: 'mounted tokens', found: 'none' }),
      ];
    const accounts = [...Map.groupBy(carrying, ({ namespace, serviceAccount }) => `${namespace}/${serviceAccount}`)];
    const judged = accounts.map(([account, own]) => ({ account, judgement: judgeAccount(rbac, own as [WorkloadFact, ...WorkloadFact[]]) }));
    const wrong = judged.flatMap(({ judgement }) => judgement ?? []);
    const fine = judged.filter(({ judgement }) => judgement === undefined).map(({ account }) => account);
    if (fine.length === 0) return wrong;
    const shown = fine.map((account) => ({
      source: 'roles and bindings',
      looked: `ServiceAccount ${account}`,
      found: 'nothing that leads further',
    }));
    return [...wrong, pass(subject, `Tokens of ${count(fine.length, 'account')} in pods lead no further.`, ...upTo(shown))];
  },
});
