import type { ClusterIdentity, WorkloadFact } from '../../../core/facts/index.ts';
import { type Judgement, subjectName } from '../../../core/finding.ts';
import { clusterSubject } from '../../check.ts';
import { belongsToCluster, judgeMany, leftOut, workloadSubject } from '../../shared/many.ts';
import { count, named } from '../../shared/words.ts';

/** What a workload does that an attacker could use: the rest of a sentence, and each thing that was found. */
export interface Use {
  readonly says: string;
  readonly found: readonly { readonly looked: string; readonly found: string }[];
}

/**
 * Judges workloads one by one. Those of the cluster itself (kubeadm's static pods, kube-proxy, the network plugin) do such things because they must: they are shown in one
 * finding that judges nothing, as the configuration scan shows them.
 */
export const judgeUses = (
  cluster: ClusterIdentity,
  workloads: readonly WorkloadFact[],
  looked: string,
  use: (workload: WorkloadFact) => Use | undefined,
): readonly Judgement[] => {
  const unitOf = (workload: WorkloadFact) => {
    const found = use(workload);
    const source = `${named(workload)} (${count(workload.pods, 'pod')})`;
    return {
      subject: workloadSubject(workload),
      wrong: found && `${named(workload)} ${found.says}.`,
      evidence: (found?.found ?? [{ looked, found: 'nothing of the kind' }]).map((one) => ({ source, ...one })),
    };
  };
  const own = workloads
    .filter(belongsToCluster)
    .map(unitOf)
    .filter(({ wrong }) => wrong !== undefined);
  const others = workloads.filter((workload) => !belongsToCluster(workload)).map(unitOf);
  return [
    ...judgeMany(clusterSubject(cluster), others, {
      looked,
      none: "Nothing runs but the cluster's own workloads.",
      fine: (number) => `Nothing of the kind is in ${count(number, 'workload')}.`,
    }),
    ...leftOut(
      `The cluster's own workloads are not judged; ${count(new Set(own.map(({ subject }) => subjectName(subject))).size, 'workload')} among them would be named.`,
      own.flatMap(({ evidence }) => evidence),
    ),
  ];
};

/** Whether a folder of the node shows a place: it is the place, or a folder above it. */
export const shows = (folder: string, place: string): boolean => {
  const plain = folder === '/' ? '' : folder.replace(/\/+$/, '');
  return plain === place || place.startsWith(`${plain}/`);
};
