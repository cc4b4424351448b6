import type { ContainerFact, NamespaceFact, NodeFact, Slice, WorkloadFact } from '../../core/facts/index.ts';
import type { Evidence, Judgement } from '../../core/finding.ts';
import type { Severity } from '../../core/outcome.ts';
import { type Check, clusterSubject, defineCheck, fail, manual, notApplicable, pass, unknown } from '../check.ts';
import { controlPlaneSlices } from './instances.ts';
import { belongsToCluster, leftOut } from './many.ts';
import { isSystemNamespace, namespaceSubject, userNamespaces } from './namespaces.ts';
import { admissionOf, isAtLeastLevel, type Level, type PodAdmission, tryFirst } from './pod-admission.ts';
import { capital, count, few, named, upTo } from './words.ts';

/** What a workload does that it should not: a field, and what it says. */
export interface Offence {
  readonly looked: string;
  readonly found: string;
}

/** Looks at every container, init and ephemeral ones included. */
export const eachContainer =
  (field: string, offence: (container: ContainerFact, workload: WorkloadFact) => string | undefined) =>
  (workload: WorkloadFact): readonly Offence[] =>
    workload.containers.flatMap((container) => {
      const found = offence(container, workload);
      const of = container.kind === 'container' ? 'container' : `${container.kind} container`;
      return found === undefined ? [] : [{ looked: `${of} ${container.name}: ${field}`, found }];
    });

interface Definition {
  /** Name of the file, without folder. */
  readonly name: string;
  readonly title: string;
  readonly severity: Severity;
  /** The mildest Pod Security level that keeps such pods out. */
  readonly level: Exclude<Level, 'privileged'>;
  /** Minor version of the standards from which that level does, where it has not always. */
  readonly since?: number;
  /** What offending pods do, to follow "pods that". */
  readonly doing: string;
  /** Everything a workload does of the kind. */
  readonly offends: (workload: WorkloadFact) => readonly Offence[];
  /** For what only Windows has: without a Windows node there is nothing to keep out. */
  readonly onWindowsOnly?: boolean;
  readonly why: string;
  readonly repair: string;
}

const evidenceOf = (offends: Definition['offends'], workloads: readonly WorkloadFact[]): readonly Evidence[] =>
  workloads.flatMap((workload) =>
    offends(workload).map(({ looked, found }) => ({
      source: named(workload),
      looked,
      found: `${found} (${count(workload.pods, 'pod')})`,
    })),
  );

const judgeNamespace = (
  { doing, level, since }: Definition,
  { name }: NamespaceFact,
  admission: PodAdmission,
  offenders: readonly Evidence[],
  number: number,
): Judgement => {
  const subject = namespaceSubject(name);
  const evidence = upTo([...admission.evidence, ...offenders]);
  const isEnforced = isAtLeastLevel(admission.level, level) && !(since !== undefined && (admission.pinnedMinor ?? since) < since);
  const engines = [...admission.webhooks, ...admission.policies];
  const those = `pods that ${doing}`;
  if (number > 0) {
    const runs = `${count(number, 'workload')} there ${number === 1 ? 'has' : 'have'} such pods`;
    if (isEnforced)
      return fail(
        subject,
        `Namespace ${name} keeps out ${those}, yet ${runs}: they are older than its label, or exempt from it.`,
        ...evidence,
      );
    if (engines.length > 0)
      return fail(subject, `${capital(few(engines, 2))} may keep ${those} out of namespace ${name}, yet ${runs}.`, ...evidence);
    return fail(
      subject,
      `Nothing${admission.doubt ? ' that could be seen' : ''} keeps ${those} out of namespace ${name}, and ${runs}.`,
      ...evidence,
    );
  }
  if (isEnforced) return pass(subject, `Namespace ${name} keeps out ${those} by Pod Security level ${admission.level}.`, ...evidence);
  if (engines.length > 0)
    return manual(
      subject,
      `${capital(few(engines, 2))} may keep ${those} out of namespace ${name}; a person must look at what is enforced there.`,
      ...evidence,
    );
  if (admission.doubt?.outcome === 'manual')
    return manual(subject, `No label keeps ${those} out of namespace ${name}, but ${admission.doubt.because}.`, ...evidence);
  if (admission.doubt)
    return unknown(
      subject,
      `No label keeps ${those} out of namespace ${name}, and more could not be seen: ${admission.doubt.because}`,
      ...evidence,
    );
  return fail(subject, `Nothing keeps ${those} out of namespace ${name}; none runs there now.`, ...evidence);
};

const hasWindows = (nodes: Slice<readonly NodeFact[]>): boolean =>
  !nodes.read || nodes.value.some(({ operatingSystem }) => operatingSystem === 'windows');

/**
 * A check of what the namespaces let in, after section 5.2 of the benchmark: it speaks of admission, so a namespace that nothing protects fails even when it runs no such pod today,
 * and one that is protected fails when pods from before do. Policy engines leave the answer to a person, unless such pods run. The cluster's own namespaces and static
 * pods are shown and not judged.
 */
export const podSecurityCheck = (
  definition: Definition,
): Check<'namespaces' | 'workloads', 'admission' | (typeof controlPlaneSlices)[number]> => {
  const { name, title, severity, why, repair, doing, offends, onWindowsOnly } = definition;
  return defineCheck({
    id: `pods/${name}`,
    title,
    severity,
    reads: ['namespaces', 'workloads'],
    mayRead: ['admission', ...controlPlaneSlices],
    why,
    repair: `${repair} ${tryFirst}`,
    evaluate: ({ namespaces, workloads, ...slices }) => {
      const { cluster, nodes } = slices;
      if (onWindowsOnly && !hasWindows(nodes)) {
        const found = nodes.read ? count(nodes.value.length, 'node') : '';
        return [
          notApplicable(clusterSubject(cluster), 'The cluster has no Windows nodes.', {
            source: 'nodes',
            looked: 'operating system',
            found: `none of ${found} runs Windows`,
          }),
        ];
      }
      const offending = workloads.filter((workload) => offends(workload).length > 0);
      const judged = Map.groupBy(
        offending.filter((workload) => !belongsToCluster(workload)),
        ({ namespace }) => namespace,
      );
      const own = offending.filter(belongsToCluster);
      const users = userNamespaces(namespaces).map((namespace) => {
        const here = judged.get(namespace.name) ?? [];
        return judgeNamespace(definition, namespace, admissionOf(namespace, slices), evidenceOf(offends, here), ownersOf(here));
      });
      const shown = leftOut(
        `The cluster's own workloads are not judged; ${count(ownersOf(own), 'workload')} among them ${ownersOf(own) === 1 ? 'has' : 'have'} pods that ${doing}.`,
        evidenceOf(offends, own),
      );
      if (users.length + shown.length > 0) return [...users, ...shown];
      const found = namespaces
        .map((one) => one.name)
        .filter(isSystemNamespace)
        .join(', ');
      return [
        notApplicable(clusterSubject(cluster), "There are only the cluster's own namespaces.", {
          source: 'namespaces',
          looked: 'names',
          found,
        }),
      ];
    },
  });
};

const ownersOf = (workloads: readonly WorkloadFact[]): number => new Set(workloads.map(named)).size;
