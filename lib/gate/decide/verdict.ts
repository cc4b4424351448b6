import { type Verdict, verdicts } from '../evaluation.ts';
import { isTrouble, type Judged } from '../policy/judged.ts';

/** What one check means for the verdict. */
export const verdictOf = (check: Judged): Verdict => {
  if (!isTrouble(check)) return 'allow';
  if (!check.required) return 'warn';
  return check.isPending ? 'pending' : 'deny';
};

/** The worst of some. */
export const worstVerdict = (some: readonly Verdict[]): Verdict => verdicts.find((verdict) => some.includes(verdict)) ?? 'allow';

const count = (number: number, word: string): string => `${number} ${word}${number === 1 ? '' : 's'}`;

/** One sentence for people in a hurry. */
export const summaryOf = (verdict: Verdict, checks: readonly Judged[], step: string): string => {
  const those = (wanted: Verdict): readonly Judged[] => checks.filter((check) => verdictOf(check) === wanted);
  const first = (some: readonly Judged[]): string => {
    const [{ id, message } = { id: '', message: '' }, ...others] = some;
    return `${id}: ${message}${
      others.length > 0
        ? ` And ${count(others.length, 'more check')}: ${others
            .slice(0, 5)
            .map((other) => other.id)
            .join(', ')}${others.length > 5 ? ', …' : ''}.`
        : ''
    }`;
  };
  if (verdict === 'deny') return `Denied (${step}). ${first(those('deny'))}`;
  if (verdict === 'pending') return `Pending (${step}). ${first(those('pending'))}`;
  if (verdict === 'warn') return `Allowed with ${count(those('warn').length, 'warning')} (${step}). ${first(those('warn'))}`;
  return `Allowed (${step}): ${count(checks.length, 'check')} made, none in the way.`;
};
