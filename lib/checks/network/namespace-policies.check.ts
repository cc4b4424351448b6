import { clusterSubject, defineCheck, fail, manual, notApplicable, pass } from '../check.ts';
import { namespaceSubject, userNamespaces } from '../shared/namespaces.ts';
import { count, few, upTo } from '../shared/words.ts';

/**
 * A namespace needs a policy of its own, of Kubernetes or of the network plugin. Policies for the whole cluster may select its pods or not, which their metadata does not tell: they leave the answer
 * to a person. The cluster's own namespaces are left out: most of what runs there uses the node's network, to which no policy applies.
 */
export const namespacePolicies = defineCheck({
  id: 'network/namespace-policies',
  title: 'Every namespace has a network policy',
  severity: 'medium',
  reads: ['namespaces', 'networkPolicies', 'workloads'],
  why: 'Without a network policy every pod of the cluster, and whoever broke into one, may connect to every pod of the namespace.',
  repair:
    'Put a NetworkPolicy for each connection that the namespace needs, DNS included, into it, and then one that denies all other ingress and egress.',
  evaluate: ({ cluster, namespaces, networkPolicies, workloads }) => {
    const own = Map.groupBy(networkPolicies, ({ namespace }) => namespace ?? '');
    const wide = own.get('') ?? [];
    const running = Map.groupBy(workloads, ({ namespace }) => namespace);
    const wideEvidence = wide.map(({ kind, name }) => ({ source: `${kind} ${name}`, looked: 'metadata', found: 'for the whole cluster' }));
    const judgements = userNamespaces(namespaces).map(({ name }) => {
      const policies = own.get(name) ?? [];
      const subject = namespaceSubject(name);
      const runs = count(running.get(name)?.length ?? 0, 'workload');
      if (policies.length > 0) {
        const evidence = policies.map((policy) => ({
          source: `${policy.kind} ${name}/${policy.name}`,
          looked: 'metadata',
          found: 'exists',
        }));
        return pass(subject, `Namespace ${name} has ${count(policies.length, 'network policy', 'network policies')}.`, ...upTo(evidence));
      }
      const none = { source: `Namespace ${name}`, looked: 'network policies of all kinds', found: `none; it runs ${runs}` };
      if (wide.length > 0) {
        const names = few(
          wide.map((policy) => `${policy.kind} ${policy.name}`),
          2,
        );
        return manual(
          subject,
          `Namespace ${name} has no network policy of its own; a person must look whether ${names} covers it.`,
          ...upTo([none, ...wideEvidence]),
        );
      }
      return fail(subject, `Namespace ${name} has no network policy and runs ${runs}.`, none);
    });
    if (judgements.length > 0) return judgements;
    const found = few(namespaces.map(({ name }) => name));
    return [
      notApplicable(clusterSubject(cluster), "There are only the cluster's own namespaces.", {
        source: 'namespaces',
        looked: 'names',
        found,
      }),
    ];
  },
});
