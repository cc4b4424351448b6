import type { GateFacts, GateSlice } from '../core/gate/index.ts';
import type { AnyGateCheck, CheckAnswer, Upgrade } from './check.ts';

/** A check with its answer; `error` when it broke. */
export interface Checked {
  readonly check: AnyGateCheck;
  readonly answer: Omit<CheckAnswer, 'outcome'> & { readonly outcome: CheckAnswer['outcome'] | 'error' };
}

const runOne = (check: AnyGateCheck, facts: GateFacts, upgrade: Upgrade): Checked['answer'] => {
  const unread = (check.reads as readonly GateSlice[]).flatMap((name) => {
    const slice = facts[name];
    return slice.read ? [] : [slice.reason];
  });
  if (unread.length > 0) return { outcome: 'unknown', message: `Could not look: ${[...new Set(unread)].join(' ')}`, resources: [] };
  const seen: Record<string, unknown> = { upgrade, cluster: facts.cluster, now: facts.observedAt };
  for (const name of check.reads as readonly GateSlice[]) seen[name] = (facts[name] as { value: unknown }).value;
  for (const name of check.mayRead as readonly GateSlice[]) seen[name] = facts[name];
  try {
    return check.evaluate(seen as never);
  } catch (error) {
    const what = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    return { outcome: 'error', message: `The check broke; this is a defect of Gatehouse, please report it (${what}).`, resources: [] };
  }
};

/** Every check over the facts, in the order of the list. Never throws. */
export const runChecks = (checks: readonly AnyGateCheck[], facts: GateFacts, upgrade: Upgrade): readonly Checked[] =>
  checks.map((check) => ({ check, answer: runOne(check, facts, upgrade) }));
