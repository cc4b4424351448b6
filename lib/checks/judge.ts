import type { ConfigurationFacts, FactName, Slice } from '../core/facts/index.ts';
import type { Judgement } from '../core/finding.ts';
import { type AnyCheck, clusterSubject } from './check.ts';

/** A check with what it said of the facts. */
export interface Judged {
  readonly check: AnyCheck;
  readonly judgements: readonly Judgement[];
}

const slice = (facts: ConfigurationFacts, name: FactName): Slice<unknown> => facts[name];

const judgeOne = (check: AnyCheck, facts: ConfigurationFacts): readonly Judgement[] => {
  const subject = clusterSubject(facts.cluster);
  const missing = check.reads.flatMap((name: FactName) => {
    const read = slice(facts, name);
    return read.read ? [] : [{ name, reason: read.reason }];
  });
  if (missing.length > 0) {
    const reasons = [...new Set(missing.map(({ reason }) => reason))];
    const evidence = missing.map(({ name, reason }) => ({ source: 'scan', looked: name, found: reason }));
    return [{ subject, outcome: 'unknown', message: `Could not look: ${reasons.join(' ')}`, evidence }];
  }
  const given: Record<string, unknown> = { cluster: facts.cluster };
  for (const name of check.reads as readonly FactName[]) given[name] = (slice(facts, name) as { value: unknown }).value;
  for (const name of check.mayRead as readonly FactName[]) given[name] = slice(facts, name);
  try {
    const judgements = check.evaluate(given as never);
    if (judgements.length > 0) return judgements;
    return [
      { subject, outcome: 'error', message: 'The check gave no answer; this is a defect of Gatehouse, please report it.', evidence: [] },
    ];
  } catch (error) {
    const found = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    const evidence = [{ source: 'check', looked: check.id, found }];
    return [{ subject, outcome: 'error', message: 'The check broke; this is a defect of Gatehouse, please report it.', evidence }];
  }
};

/**
 * Runs checks over facts, one at a time: what one check says of thousands of nodes need not stay in memory while the next one judges. Never throws: a slice that was not read gives
 * `unknown`, a check that breaks gives `error`.
 */
export function* judge(checks: readonly AnyCheck[], facts: ConfigurationFacts): Generator<Judged> {
  for (const check of checks) yield { check, judgements: judgeOne(check, facts) };
}
