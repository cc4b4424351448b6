import type { EvaluationCheck } from '../evaluation.ts';

/** A check as the decision takes it: `isPending` when what it waits for is on its way. */
export type Judged = EvaluationCheck & { readonly isPending?: boolean };

/** What counts against an upgrade: all but good news, unless somebody accepted it. */
export const isTrouble = ({ outcome, waiver }: Pick<EvaluationCheck, 'outcome' | 'waiver'>): boolean =>
  waiver === null && outcome !== 'pass' && outcome !== 'not-applicable';
