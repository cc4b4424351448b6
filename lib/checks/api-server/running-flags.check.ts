import type { ComponentFact, FlagzFact } from '../../core/facts/index.ts';
import type { Evidence } from '../../core/finding.ts';
import { parseKubernetesVersion } from '../../core/version.ts';
import { defineCheck, fail, notApplicable, pass, unknown } from '../check.ts';
import { componentSubject } from '../shared/instances.ts';
import { isSameValue } from '../shared/same-value.ts';
import { count, few } from '../shared/words.ts';

/** First Kubernetes 1.x minor that serves /flagz unless told otherwise (KEP-4828). */
const flagzMinor = 36;

/** Flags that the pod gives and the process does not run with. */
const differences = ({ pod, flags }: ComponentFact, running: FlagzFact['flags']): readonly Evidence[] =>
  Object.entries(flags).flatMap(([flag, values]) => {
    const runs = running[flag];
    if (runs === undefined || isSameValue(values, runs)) return [];
    const source = `mirror pod kube-system/${pod} and /flagz`;
    return [{ source, looked: `--${flag}`, found: `${values.join(', ')} in the pod, ${runs || '(empty)'} in the process` }];
  });

export const runningFlags = defineCheck({
  id: 'api-server/running-flags',
  title: 'The API server runs with the flags its pod shows',
  severity: 'medium',
  why: 'A manifest that was edited and not taken up makes every look at it misleading: what is judged is not what runs.',
  repair:
    'Restart the kubelet on the node, or move kube-apiserver.yaml out of /etc/kubernetes/manifests and back, so that the API server starts with the flags of its manifest.',
  reads: [],
  mayRead: ['components', 'apiServerFlagz'],
  evaluate({ cluster, components, apiServerFlagz: flagz }) {
    const subject = componentSubject('kube-apiserver');
    const because = (message: string, looked: string) => [unknown(subject, message, { source: 'scan', looked, found: message })];
    if (!flagz.read) {
      const { minor = flagzMinor } = parseKubernetesVersion(cluster.kubernetesVersion) ?? {};
      if (minor >= flagzMinor) return because(`Could not look: ${flagz.reason}`, 'apiServerFlagz');
      const evidence = { source: '/version', looked: 'gitVersion', found: cluster.kubernetesVersion };
      return [notApplicable(subject, 'This version of Kubernetes does not tell which flags it runs with.', evidence)];
    }
    if (!components.read) return because(`Could not look: ${components.reason}`, 'components');
    const servers = components.value.filter((fact) => fact.component === 'kube-apiserver' && fact.unreadable === undefined);
    const { node, flags } = flagz.value;
    const server = node === undefined && servers.length === 1 ? servers[0] : servers.find((one) => one.node === node);
    if (!server)
      return because('The API server that answered has no mirror pod to compare its flags with.', 'mirror pods of kube-apiserver');
    const own = componentSubject('kube-apiserver', server.node);
    const different = differences(server, flags);
    if (different.length > 0)
      return [
        fail(own, `The API server runs with other values than its pod shows: ${few(different.map(({ looked }) => looked))}.`, ...different),
      ];
    const number = Object.keys(server.flags).length;
    return [
      pass(own, 'The API server runs with the flags its pod shows.', {
        source: `mirror pod kube-system/${server.pod} and /flagz`,
        looked: 'flags',
        found: `${count(number, 'flag')} compared, none differs`,
      }),
    ];
  },
});
