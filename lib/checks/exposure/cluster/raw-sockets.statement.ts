import type { WorkloadFact } from '../../../core/facts/index.ts';
import type { Evidence, Judgement } from '../../../core/finding.ts';
import { clusterSubject, fail } from '../../check.ts';
import { added, drops } from '../../shared/capabilities.ts';
import { belongsToCluster, judgeMany, leftOut } from '../../shared/many.ts';
import { namespaceSubject } from '../../shared/namespaces.ts';
import { count, named, upTo } from '../../shared/words.ts';
import { defineStatement } from '../statement.ts';

/** Which containers of a workload may open raw sockets. */
const rawIn = (workload: WorkloadFact): readonly Evidence[] =>
  workload.os === 'windows'
    ? []
    : workload.containers.flatMap(({ name, securityContext }) => {
        const adds = added(securityContext);
        const found = securityContext.privileged
          ? 'privileged, so it has all of them'
          : adds.has('NET_RAW') || adds.has('ALL')
            ? 'added'
            : drops(securityContext, 'NET_RAW')
              ? undefined
              : 'not dropped, and runtimes give it by default';
        return found === undefined ? [] : [{ source: named(workload), looked: `container ${name}: NET_RAW`, found }];
      });

const judgeNamespace = (name: string, workloads: readonly WorkloadFact[]): Judgement | undefined => {
  const raw = workloads.filter((workload) => rawIn(workload).length > 0);
  if (raw.length === 0) return undefined;
  const says = `Containers of ${count(raw.length, 'workload')} in namespace ${name} may open raw sockets.`;
  return fail(namespaceSubject(name), says, ...upTo(raw.flatMap(rawIn)));
};

/** One finding a namespace: runtimes give the capability by default, so one for each container would bury everything else. */
export const rawSockets = defineStatement({
  id: 'exposure/cluster/raw-sockets',
  covers: ['POD-02'],
  title: 'Containers may not open raw sockets',
  severity: 'medium',
  why: 'With the capability NET_RAW whoever breaks into a container answers for other pods and for the cluster DNS on networks of one layer, and reads what is sent to them.',
  repair: 'Drop NET_RAW, or better ALL, in `capabilities.drop` of every container; Pod Security level restricted asks for it.',
  techniques: ['T1557'],
  references: ['https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted'],
  reads: ['workloads'],
  evaluate: ({ cluster, workloads }) => {
    const others = [
      ...Map.groupBy(
        workloads.filter((one) => !belongsToCluster(one)),
        ({ namespace }) => namespace,
      ),
    ];
    const wrong = others.flatMap(([name, some]) => judgeNamespace(name, some) ?? []);
    const fine = others
      .filter(([, some]) => some.every((one) => rawIn(one).length === 0))
      .map(([name]) => ({
        subject: namespaceSubject(name),
        evidence: [{ source: `Namespace ${name}`, looked: 'NET_RAW', found: 'dropped by every container' }],
      }));
    const rest =
      fine.length === 0 && wrong.length > 0
        ? []
        : judgeMany(clusterSubject(cluster), fine, {
            looked: 'NET_RAW',
            none: "Nothing runs but the cluster's own workloads.",
            fine: (number) => `No container may open raw sockets in ${count(number, 'namespace')}.`,
          });
    const own = workloads.filter(belongsToCluster).flatMap(rawIn);
    return [...wrong, ...rest, ...leftOut("The cluster's own workloads are not judged; some of them may open raw sockets.", own)];
  },
});
