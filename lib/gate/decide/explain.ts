import type { Evaluation, EvaluationCheck } from '../evaluation.ts';

// What changed between two evaluations of one cluster, one sentence each.

const words: Readonly<Record<EvaluationCheck['outcome'], string>> = {
  pass: 'passes',
  fail: 'fails',
  unknown: 'is unknown',
  'not-applicable': 'does not apply',
  error: 'broke',
  manual: 'waits for a person',
};

const nameOf = ({ namespace, name }: EvaluationCheck['resources'][number]): string => (namespace ? `${namespace}/${name}` : name);

const few = (names: readonly string[]): string =>
  names.length > 5 ? `${names.slice(0, 5).join(', ')} and ${names.length - 5} more` : names.join(', ');

const isGood = ({ outcome, waiver }: EvaluationCheck): boolean => outcome === 'pass' || outcome === 'not-applicable' || waiver !== null;

const weight = ({ required }: EvaluationCheck): string => (required ? 'required' : 'advisory');

const checkChanges = (before: EvaluationCheck, now: EvaluationCheck): readonly string[] => {
  const changes: string[] = [];
  if (before.outcome !== now.outcome)
    changes.push(
      `${now.id} ${words[now.outcome]} now and ${before.outcome === 'pass' ? 'passed' : `was "${before.outcome}"`} before: ${now.message}`,
    );
  else if (!isGood(now) || now.waiver) {
    const [old, fresh] = [before.resources.map(nameOf), now.resources.map(nameOf)];
    const [gone, come] = [old.filter((name) => !fresh.includes(name)), fresh.filter((name) => !old.includes(name))];
    if (gone.length > 0) changes.push(`${now.id}: no longer in the way: ${few(gone)}.`);
    if (come.length > 0) changes.push(`${now.id}: in the way now: ${few(come)}.`);
    if (gone.length + come.length === 0 && before.message !== now.message) changes.push(`${now.id} says now: ${now.message}`);
  }
  if (before.required !== now.required) changes.push(`${now.id} is ${weight(now)} now and was ${weight(before)}.`);
  if (before.waiver?.id !== now.waiver?.id)
    changes.push(
      now.waiver
        ? `${now.id} is accepted now by waiver ${now.waiver.id}.`
        : `${now.id} is no longer accepted by waiver ${before.waiver?.id}.`,
    );
  return changes;
};

const evidenceChanges = (before: Evaluation, now: Evaluation): readonly string[] => [
  ...now.evidence.flatMap(({ kind, scanId, completedAt }) => {
    const old = before.evidence.find((used) => used.kind === kind);
    return old?.scanId === scanId ? [] : [`The ${kind} scan is now ${scanId} of ${completedAt}${old ? ` instead of ${old.scanId}` : ''}.`];
  }),
  ...before.evidence.flatMap(({ kind, scanId }) =>
    now.evidence.some((used) => used.kind === kind) ? [] : [`The ${kind} scan ${scanId} is no longer evidence.`],
  ),
];

/** What changed since, the verdict first. Never empty. */
export const explain = (before: Evaluation, now: Evaluation): readonly string[] => {
  const old = new Map(before.checks.map((check) => [check.id, check]));
  const ids = new Set(now.checks.map(({ id }) => id));
  const changes = [
    ...(before.verdict === now.verdict ? [] : [`The verdict is ${now.verdict} now and was ${before.verdict}.`]),
    ...(before.current === now.current ? [] : [`The cluster runs ${now.current} now and ran ${before.current}.`]),
    ...(before.target === now.target ? [] : [`The target is ${now.target} now and was ${before.target}.`]),
    ...(before.policy.sha256 === now.policy.sha256
      ? []
      : [
          before.policy.name === now.policy.name
            ? `The policy ${now.policy.name} was changed.`
            : `The policy is ${now.policy.name} now and was ${before.policy.name}.`,
        ]),
    ...now.checks.flatMap((check) => {
      const was = old.get(check.id);
      return was ? checkChanges(was, check) : [`${check.id} is new and ${words[check.outcome]}: ${check.message}`];
    }),
    ...before.checks.flatMap(({ id }) => (ids.has(id) ? [] : [`${id} is no longer asked.`])),
    ...evidenceChanges(before, now),
  ];
  return changes.length > 0 ? changes : ['Nothing changed that was judged.'];
};
