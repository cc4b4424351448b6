import { fails, type Named, namesText, passes } from '../../check.ts';
import { lockedGates, removedGates } from '../../data/feature-gates.ts';
import { defineBreak } from './define-break.ts';
import { type FoundGate, gatesOf, ifSeen, isGoneBy } from './settings.ts';

/** Why a component of the target refuses the gate; undefined when it takes it. */
const refusal = ({ gate, value, of }: FoundGate, target: { readonly minor: number }): string | undefined => {
  const gone = removedGates.rows.find((row) => row.of === of && row.gates.includes(gate) && isGoneBy(row.removedIn, target));
  if (gone) return `${gate} is gone in ${gone.removedIn}`;
  const locked =
    of === 'kubernetes' && lockedGates.rows.find((row) => row.gates.includes(gate) && isGoneBy(row.lockedIn, target) && row.to !== value);
  return locked ? `${gate} can only be ${locked.to} from ${locked.lockedIn} on` : undefined;
};

export const featureGates = defineBreak({
  name: 'feature-gates',
  title: 'No feature gate is set that the target does not take',
  severity: 'critical',
  why: 'A component that is given a gate it no longer knows, or another value than the one a gate is locked to, does not start.',
  repair: 'Take the gate out of every `--feature-gates` and `featureGates` that names it.',
  links: ['https://kubernetes.io/docs/reference/command-line-tools-reference/feature-gates-removed/', removedGates.source],
  at: 'always',
  needs: ['controlPlane', 'settings'],
  judge: ({ controlPlane, settings, upgrade }) => {
    const gates = gatesOf(controlPlane, settings);
    const refused: readonly Named[] = gates.flatMap((gate) => {
      const detail = refusal(gate, upgrade.target);
      return detail === undefined ? [] : [{ ...gate.where, detail }];
    });
    if (refused.length > 0)
      return fails(`${[...new Set(refused.map(({ detail }) => detail))].join('; ')}: set in ${namesText(refused)}.`, refused);
    const said =
      gates.length === 0
        ? 'No feature gate is set.'
        : `The target takes every feature gate that is set: ${[...new Set(gates.map(({ gate }) => gate))].join(', ')}.`;
    return ifSeen(passes(said), controlPlane, '--feature-gates');
  },
});
