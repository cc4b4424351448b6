import { z } from 'zod';

/** From worst to best (glossary: docs/glossary.md). */
export const outcomes = ['fail', 'error', 'unknown', 'manual', 'pass', 'not-applicable'] as const;
export const Outcome = z.enum(outcomes).meta({
  id: 'Outcome',
  description:
    'What a finding says. Only `pass` and `not-applicable` are good news: `manual` waits for a person, `unknown` means that nobody could look, `error` that the check itself broke.',
});
export type Outcome = z.infer<typeof Outcome>;

/** From worst to mildest. */
export const severities = ['critical', 'high', 'medium', 'low', 'info'] as const;
export const Severity = z.enum(severities).meta({ id: 'Severity', description: 'How bad it is when the check does not hold.' });
export type Severity = z.infer<typeof Severity>;

/** Negative when `a` is worse than `b`, so that sorting puts the worst first. */
export const byOutcome = (a: Outcome, b: Outcome): number => outcomes.indexOf(a) - outcomes.indexOf(b);

/** Negative when `a` is more severe than `b`. */
export const bySeverity = (a: Severity, b: Severity): number => severities.indexOf(a) - severities.indexOf(b);

/** The worst of some outcomes; `undefined` for none, because silence is no outcome. */
export const worstOutcome = (some: readonly Outcome[]): Outcome | undefined => some.toSorted(byOutcome)[0];

/** Whether `severity` is as bad as `threshold`, or worse. */
export const isAtLeast = (severity: Severity, threshold: Severity): boolean => bySeverity(severity, threshold) <= 0;

/** Whether somebody or something decided: a person need not look, and the scanner did. */
export const isDecided = (outcome: Outcome): boolean => outcome === 'pass' || outcome === 'fail' || outcome === 'not-applicable';
