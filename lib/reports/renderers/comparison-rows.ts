import type { Severity } from '../../core/outcome.ts';
import { type ChangeKind, type Comparison, changeKinds, type Seen } from '../comparison.ts';
import { subjectLine } from './words.ts';

/** A line of a comparison, for a terminal or any other table. */
export interface ComparisonRow {
  readonly change: ChangeKind;
  readonly severity: Severity;
  readonly check: string;
  readonly title: string;
  readonly subject: string;
  /** Outcome in the base scan, `fail, waived by W-1`, or `-` when it knew no such finding. */
  readonly base: string;
  /** The same of the head scan. */
  readonly head: string;
  /** Why it counts as it does, and what else changed. */
  readonly reason: string;
}

/** How people call the four answers. */
export const changeWords: Record<ChangeKind, string> = {
  new: 'New',
  notComparable: 'Not comparable',
  persisting: 'Persisting',
  resolved: 'Resolved',
};

export const seenText = (seen: Seen | null): string =>
  seen ? `${seen.outcome}${seen.waiver ? `, waived by ${seen.waiver.id}` : ''}` : '-';

/** Every failure of either scan as one line: new, not comparable, persisting, resolved; the most severe first in each. */
export const comparisonRows = (comparison: Comparison): readonly ComparisonRow[] =>
  changeKinds.flatMap((change) =>
    comparison[change].map(({ severity, check, title, subject, base, head, reason, changed }) => ({
      change,
      severity,
      check,
      title,
      subject: subjectLine(subject),
      base: seenText(base),
      head: seenText(head),
      reason: [reason, ...changed].join(' '),
    })),
  );
