import { bySeverity } from '../core/outcome.ts';
import type { EvaluationCheck } from '../gate/evaluation.ts';

/** Whether a check does not hold, or nobody knows. */
export const isInTheWay = ({ outcome }: EvaluationCheck): boolean => outcome !== 'pass' && outcome !== 'not-applicable';

export interface CheckGroups {
  readonly denying: readonly EvaluationCheck[];
  readonly warning: readonly EvaluationCheck[];
  readonly waived: readonly EvaluationCheck[];
  readonly fine: readonly EvaluationCheck[];
}

/** Checks by what they do to the verdict, the severe first. */
export const checkGroups = (checks: readonly EvaluationCheck[]): CheckGroups => {
  const worstFirst = checks.toSorted((a, b) => bySeverity(a.severity, b.severity));
  const trouble = worstFirst.filter(isInTheWay);
  return {
    denying: trouble.filter(({ required, waiver }) => required && waiver === null),
    warning: trouble.filter(({ required, waiver }) => !required && waiver === null),
    waived: trouble.filter(({ waiver }) => waiver !== null),
    // in the order of the catalogue, as they were judged
    fine: checks.filter((check) => !isInTheWay(check)),
  };
};
