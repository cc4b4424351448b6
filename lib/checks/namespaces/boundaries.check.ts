import { clusterSubject, defineCheck, manual } from '../check.ts';
import { isSystemNamespace, userNamespaces } from '../shared/namespaces.ts';
import { count, upTo } from '../shared/words.ts';

export const boundaries = defineCheck({
  id: 'namespaces/boundaries',
  title: 'Namespaces keep apart what different people are responsible for',
  severity: 'low',
  reads: ['namespaces', 'workloads'],
  why: 'Roles, quotas, Pod Security and network policies apply by namespace: what shares one cannot be kept apart.',
  repair: 'Give each team, application and environment a namespace of its own and move what shares one.',
  lookAt: 'Make sure that each namespace is in the hands of one team and serves one purpose.',
  evaluate: ({ cluster, namespaces, workloads }) => {
    const users = userNamespaces(namespaces);
    const running = Map.groupBy(workloads, ({ namespace }) => namespace);
    const number = workloads.filter(({ namespace }) => !isSystemNamespace(namespace)).length;
    const evidence = users.map(({ name }) => {
      const here = running.get(name) ?? [];
      const accounts = new Set(here.map(({ serviceAccount }) => serviceAccount)).size;
      const found = here.length === 0 ? 'runs nothing' : `${count(here.length, 'workload')} with ${count(accounts, 'ServiceAccount')}`;
      return { source: `Namespace ${name}`, looked: 'what runs in it', found };
    });
    const none = { source: 'namespaces', looked: "besides the cluster's own", found: 'none' };
    return [
      manual(
        clusterSubject(cluster),
        `The cluster runs ${count(number, 'workload')} in ${count(users.length, 'namespace')} besides its own; whether they are boundaries between people is for a person to say.`,
        ...upTo(evidence.length > 0 ? evidence : [none]),
      ),
    ];
  },
});
