import { clusterSubject, defineCheck, fail, manual, notApplicable, pass, unknown } from '../check.ts';
import { controlPlaneSlices } from '../shared/instances.ts';
import { namespaceSubject, userNamespaces } from '../shared/namespaces.ts';
import { admissionOf, tryFirst } from '../shared/pod-admission.ts';
import { count, few, upTo } from '../shared/words.ts';

/**
 * Some mechanism is in place, whatever it asks: a Pod Security level above privileged, or an admission policy of the API server that denies. A webhook may be
 * a policy engine without a policy, so it is left to a person.
 */
export const policyControl = defineCheck({
  id: 'pods/policy-control',
  title: 'Every namespace is under some policy control',
  severity: 'high',
  reads: ['namespaces', 'workloads'],
  mayRead: ['admission', ...controlPlaneSlices],
  why: 'Where no policy looks at pods, whoever may create one can take over the node it runs on.',
  repair: `Label the namespace \`pod-security.kubernetes.io/enforce\` with \`restricted\`, or with \`baseline\` where that is too strict, or put it under a policy engine such as Kyverno or Gatekeeper. ${tryFirst}`,
  evaluate: ({ namespaces, workloads, ...slices }) => {
    const running = Map.groupBy(workloads, ({ namespace }) => namespace);
    const judgements = userNamespaces(namespaces).map((namespace) => {
      const { name } = namespace;
      const subject = namespaceSubject(name);
      const { level, policies, webhooks, doubt, evidence: seen } = admissionOf(namespace, slices);
      const runs = count(running.get(name)?.length ?? 0, 'workload');
      const evidence = upTo([...seen, { source: `Namespace ${name}`, looked: 'what runs in it', found: runs }]);
      if (level !== 'privileged') return pass(subject, `Pods in namespace ${name} are held to Pod Security level ${level}.`, ...evidence);
      if (policies.length > 0) return pass(subject, `Pods in namespace ${name} are looked at by ${few(policies)}.`, ...evidence);
      if (webhooks.length > 0)
        return manual(
          subject,
          `Pods in namespace ${name} are shown to ${few(webhooks)}; a person must look at what is enforced there.`,
          ...evidence,
        );
      if (doubt?.outcome === 'manual')
        return manual(subject, `No label holds pods in namespace ${name} to a level, but ${doubt.because}.`, ...evidence);
      if (doubt)
        return unknown(
          subject,
          `No label holds pods in namespace ${name} to a level, and more could not be seen: ${doubt.because}`,
          ...evidence,
        );
      return fail(subject, `No policy looks at pods in namespace ${name}, which runs ${runs}.`, ...evidence);
    });
    if (judgements.length > 0) return judgements;
    const found = few(namespaces.map(({ name }) => name));
    return [
      notApplicable(clusterSubject(slices.cluster), "There are only the cluster's own namespaces.", {
        source: 'namespaces',
        looked: 'names',
        found,
      }),
    ];
  },
});
