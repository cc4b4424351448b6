import type { Judged } from '../policy/judged.ts';
import type { GatePolicy } from '../policy/policy.ts';
import type { RuleAnswer } from '../policy/run-rules.ts';

/**
 * Rules as checks `rule.<id>`: `Deny` makes them required, `Warn` advisory, and with `Audit` alone they are only mentioned. What could not be computed denies unless `failurePolicy` says that it
 * warns. A rule that nobody answered for is an error: silence is no pass.
 */
export const judgeRules = (
  { spec }: GatePolicy,
  answers: readonly RuleAnswer[],
  now: string,
): { readonly checks: readonly Judged[]; readonly statements: readonly string[] } => {
  const denies = spec.validationActions.includes('Deny');
  const counts = denies || spec.validationActions.includes('Warn');
  const judged = spec.validations.map(({ id, message }): Judged => {
    const given = answers.filter((answer) => answer.id === id);
    const answer: RuleAnswer =
      given.length === 1 && given[0]
        ? given[0]
        : { id, outcome: 'error', message: 'The rule could not be computed: nobody answered for it.' };
    return {
      id: `rule.${id}`,
      category: 'rule',
      title: message?.replace(/\.$/, '') ?? `The rule ${id} of the policy holds`,
      outcome: answer.outcome,
      required: denies && (answer.outcome !== 'error' || spec.failurePolicy === 'Fail'),
      severity: 'high',
      message: answer.message,
      resources: [],
      why: 'The policy demands it.',
      repair: answer.outcome === 'error' ? 'Repair the rule, or provide what it reads, and ask again.' : 'See what the rule says.',
      links: [],
      evidenceAt: now,
      waiver: null,
    };
  });
  if (counts) return { checks: judged, statements: [] };
  return {
    checks: [],
    statements: judged.filter(({ outcome }) => outcome !== 'pass').map(({ id, message }) => `Audited only, ${id}: ${message}`),
  };
};
