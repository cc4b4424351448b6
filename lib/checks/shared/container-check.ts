import type { ContainerFact, WorkloadFact } from '../../core/facts/index.ts';
import type { Severity } from '../../core/outcome.ts';
import { type Check, clusterSubject, defineCheck } from '../check.ts';
import { belongsToCluster, judgeMany, leftOut, type Unit, workloadSubject } from './many.ts';
import { count, named } from './words.ts';

interface Definition {
  readonly id: string;
  readonly title: string;
  readonly severity: Severity;
  /** The field that is looked at. */
  readonly looked: string;
  /** Whether the cluster's own workloads are judged like any other; they are shown otherwise. */
  readonly judgesCluster: boolean;
  /** What a container does that it should not, to follow its name, and what was found. */
  readonly wrong: (container: ContainerFact, workload: WorkloadFact) => { readonly says: string; readonly found: string } | undefined;
  /** What was found where nothing is wrong. */
  readonly holds: (container: ContainerFact, workload: WorkloadFact) => string;
  /** The message about all containers that are right, to follow their number. */
  readonly fine: (containers: string) => string;
  readonly why: string;
  readonly repair: string;
}

const unitsOf = ({ looked, wrong, holds }: Definition, workload: WorkloadFact): readonly Unit[] =>
  workload.containers.map((container) => {
    const offence = wrong(container, workload);
    return {
      subject: workloadSubject(workload, container.name),
      wrong: offence && `Container ${container.name} of ${named(workload)} ${offence.says}.`,
      evidence: [
        {
          source: `${named(workload)} (${count(workload.pods, 'pod')})`,
          looked: `${container.kind === 'container' ? '' : `${container.kind} `}container ${container.name}: ${looked}`,
          found: offence?.found ?? holds(container, workload),
        },
      ],
    };
  });

/** A check of every container that runs: one `fail` for each that is wrong, init and ephemeral ones included, and one `pass` for all others. */
export const containerCheck = (definition: Definition): Check<'workloads', never> => {
  const { id, title, severity, why, repair, looked, judgesCluster, fine } = definition;
  return defineCheck({
    id,
    title,
    severity,
    reads: ['workloads'],
    why,
    repair,
    evaluate: ({ cluster, workloads }) => {
      const judged = workloads.filter((workload) => judgesCluster || !belongsToCluster(workload));
      const own = judgesCluster
        ? []
        : workloads.filter(belongsToCluster).flatMap((workload) => unitsOf(definition, workload).filter(({ wrong }) => wrong));
      return [
        ...judgeMany(
          clusterSubject(cluster),
          judged.flatMap((workload) => unitsOf(definition, workload)),
          {
            looked,
            none: judgesCluster ? 'Nothing runs in the cluster.' : "Nothing runs but the cluster's own workloads.",
            fine: (number) => fine(count(number, 'container')),
          },
        ),
        ...leftOut(
          `The cluster's own workloads are not judged; ${count(own.length, 'container')} among them would fail.`,
          own.flatMap(({ evidence }) => evidence),
        ),
      ];
    },
  });
};
