import { clusterSubject } from '../../../checks/check.ts';
import type { AnyStatement } from '../../../checks/exposure/statement.ts';
import type { Judgement } from '../../../core/finding.ts';
import type { PenetrationFacts, ViewName } from '../../../core/probing/index.ts';
import type { JudgedExposure } from './judge-probes.ts';

const judgeOne = (statement: AnyStatement, { cluster, view }: PenetrationFacts, now: string): readonly Judgement[] => {
  const subject = clusterSubject(cluster);
  const names = statement.reads as readonly ViewName[];
  const unread = names.flatMap((name) => {
    const slice = view[name];
    return slice.read ? [] : [{ name, reason: slice.reason }];
  });
  if (unread.length > 0) {
    const reasons = [...new Set(unread.map(({ reason }) => reason))];
    const evidence = unread.map(({ name, reason }) => ({ source: 'scan', looked: name, found: reason }));
    return [{ subject, outcome: 'unknown', message: `Could not look: ${reasons.join(' ')}`, evidence }];
  }
  const given = Object.fromEntries(names.map((name) => [name, (view[name] as { value: unknown }).value]));
  try {
    const judgements = statement.evaluate({ ...given, cluster, now });
    if (judgements.length > 0) return judgements;
    return [
      {
        subject,
        outcome: 'error',
        message: 'The statement gave no answer; this is a defect of Gatehouse, please report it.',
        evidence: [],
      },
    ];
  } catch (error) {
    const found = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    const evidence = [{ source: 'statement', looked: statement.id, found }];
    return [{ subject, outcome: 'error', message: 'The statement broke; this is a defect of Gatehouse, please report it.', evidence }];
  }
};

/** What each statement says of the view. Never throws. `now`: time of the scan, ISO 8601. */
export function* judgeStatements(statements: readonly AnyStatement[], facts: PenetrationFacts, now: string): Generator<JudgedExposure> {
  for (const statement of statements) yield { check: statement, judgements: judgeOne(statement, facts, now) };
}
