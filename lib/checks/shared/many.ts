import type { WorkloadFact } from '../../core/facts/index.ts';
import type { Evidence, Judgement, Subject } from '../../core/finding.ts';
import { fail, notApplicable, pass } from '../check.ts';
import { isSystemNamespace } from './namespaces.ts';
import { upTo } from './words.ts';

/** One of many things that are judged alike: `wrong` is the message when the statement does not hold for it. */
export interface Unit {
  readonly subject: Subject;
  readonly wrong?: string | undefined;
  readonly evidence: readonly Evidence[];
}

const merged = (units: readonly Unit[]): readonly Unit[] =>
  [...Map.groupBy(units, ({ subject }) => JSON.stringify(subject)).values()].map((same) => {
    const wrong = same.filter((unit) => unit.wrong !== undefined);
    const [first] = wrong.length > 0 ? wrong : same;
    const evidence = (wrong.length > 0 ? wrong : same).flatMap((unit) => unit.evidence);
    return { subject: (first as Unit).subject, wrong: first?.wrong, evidence };
  });

/**
 * Judges thousands of things without thousands of findings: one `fail` for each that is wrong, one `pass` of the cluster for all others together, and
 * `not-applicable` where there is nothing to judge.
 */
export const judgeMany = (
  cluster: Subject,
  units: readonly Unit[],
  say: { readonly none: string; readonly fine: (number: number) => string; readonly looked: string },
): readonly Judgement[] => {
  const all = merged(units);
  if (all.length === 0)
    return [notApplicable(cluster, say.none, { source: 'pods of the cluster', looked: say.looked, found: 'nothing to judge' })];
  const fine = all.filter(({ wrong }) => wrong === undefined);
  const wrong = all.flatMap(({ subject, wrong: message, evidence }) =>
    message === undefined ? [] : [fail(subject, message, ...upTo(evidence))],
  );
  if (fine.length === 0) return wrong;
  return [...wrong, pass(cluster, say.fine(fine.length), ...upTo(fine.flatMap(({ evidence }) => evidence)))];
};

/** Whether the cluster itself runs this: a system namespace, or a static pod, which no admission can stop. */
export const belongsToCluster = ({ namespace, isStatic }: WorkloadFact): boolean => isStatic || isSystemNamespace(namespace);

/** What was seen in the cluster's own workloads, which are shown and not judged. Nothing was seen: no judgement. */
export const leftOut = (message: string, evidence: readonly Evidence[]): readonly Judgement[] =>
  evidence.length === 0 ? [] : [notApplicable({ kind: 'Namespace', name: 'kube-system' }, message, ...upTo(evidence))];

/** The owner as a subject, or one of its containers. */
export const workloadSubject = ({ kind, namespace, name }: WorkloadFact, container?: string): Subject => ({
  kind,
  namespace,
  name,
  ...(container === undefined ? {} : { container }),
});
