import type { PolicyRule, RbacSubject } from '../../core/facts/index.ts';
import type { Evidence, Judgement, Subject } from '../../core/finding.ts';
import type { Severity } from '../../core/outcome.ts';
import { type Check, clusterSubject, defineCheck, fail, pass } from '../check.ts';
import { inWords } from './bootstrap-rbac.ts';
import { type Grant, type Holder, holdersOfRight, type Right } from './rbac.ts';
import { capital, count, few, named, upTo } from './words.ts';

const listed = (names: readonly string[]): string => `[${names.map((name) => name || '""').join(', ')}]`;

/** A rule as a person would write it. */
export const ruleInWords = ({ verbs, apiGroups, resources, resourceNames, nonResourceURLs }: PolicyRule): string =>
  [
    `verbs ${listed(verbs)}`,
    ...(nonResourceURLs.length > 0
      ? [`nonResourceURLs ${listed(nonResourceURLs)}`]
      : [`apiGroups ${listed(apiGroups)} resources ${listed(resources)}`]),
    ...(resourceNames.length > 0 ? [`resourceNames [${few(resourceNames)}]`] : []),
  ].join(' ');

const evidenceOf =
  (subject: RbacSubject) =>
  ({ binding, role, rules, isBuiltIn }: Grant): Evidence => ({
    source: named(binding),
    looked: `${named(role)} for ${named(subject)}`,
    found: `${few(rules.map(ruleInWords), 3)}${isBuiltIn ? ' (built in)' : ''}`,
  });

const subjectOf = ({ kind, namespace, name }: RbacSubject): Subject => ({ kind, ...(namespace ? { namespace } : {}), name });

const whereOf = (grants: readonly Grant[]): string => {
  if (grants.some(({ binding }) => binding.kind === 'ClusterRoleBinding')) return 'in the whole cluster';
  const namespaces = [...new Set(grants.map(({ binding }) => binding.namespace ?? ''))];
  return `in namespace${namespaces.length === 1 ? '' : 's'} ${few(namespaces)}`;
};

const judgeHolder =
  (doing: string) =>
  ({ subject, grants }: Holder): Judgement => {
    const through = few([...new Set(grants.map(({ binding }) => named(binding)))], 2);
    const says = `${capital(inWords(subject))} may ${doing} ${whereOf(grants)} through ${through}.`;
    return fail(subjectOf(subject), says, ...upTo(grants.map(evidenceOf(subject))));
  };

/** One `fail` for everybody who got it from somebody; a `pass` of the cluster when only Kubernetes and kubeadm themselves hold it, who are shown. */
export const judgeHolders = (
  cluster: Subject,
  doing: string,
  holders: readonly Holder[],
  limited: readonly Holder[] = [],
): readonly Judgement[] => {
  const own = holders
    .map(({ subject, grants }) => ({ subject, grants: grants.filter(({ isBuiltIn }) => !isBuiltIn) }))
    .filter(({ grants }) => grants.length > 0);
  if (own.length > 0) return own.map(judgeHolder(doing));
  const shown = [...holders, ...limited].flatMap(({ subject, grants }) => grants.map(evidenceOf(subject)));
  const but = limited.length > 0 ? `, and ${count(limited.length, 'subject')} may only for objects named one by one` : '';
  return [
    pass(
      cluster,
      holders.length > 0
        ? `Only Kubernetes' and kubeadm's own ${count(holders.length, 'subject')} may ${doing}${but}.`
        : `Nobody may ${doing} through a role${but}.`,
      ...upTo(shown.length > 0 ? shown : [{ source: 'roles and bindings of the cluster', looked: `who may ${doing}`, found: 'nobody' }]),
    ),
  ];
};

/** A check that nobody holds a right besides Kubernetes itself. */
export const rightCheck = (definition: {
  /** Name of the file, without folder. */
  readonly name: string;
  readonly title: string;
  readonly severity: Severity;
  /** What the right allows, to follow "may". */
  readonly doing: string;
  readonly rights: readonly Right[];
  readonly why: string;
  readonly repair: string;
}): Check<'rbac', never> => {
  const { name, doing, rights, ...rest } = definition;
  return defineCheck({
    ...rest,
    id: `rbac/${name}`,
    reads: ['rbac'],
    evaluate: ({ cluster, rbac }) =>
      judgeHolders(clusterSubject(cluster), doing, holdersOfRight(rbac, rights, 'whole'), holdersOfRight(rbac, rights, 'limited')),
  });
};
