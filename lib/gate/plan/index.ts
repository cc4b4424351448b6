import { type GateFacts, minorText } from '../../core/gate/index.ts';
import type { Upgrade } from '../check.ts';
import type { UpgradePlan } from '../evaluation.ts';

/** One minor at a time, from the current version to the target. */
const pathOf = ({ current, target }: Upgrade): readonly string[] => {
  const between = Array.from({ length: Math.max(0, target.minor - current.minor - 1) }, (_, step) =>
    minorText({ major: current.major, minor: current.minor + step + 1 }),
  );
  return [current.text, ...between, target.text];
};

/** What would happen. Pure. */
export const planUpgrade = (_facts: GateFacts, upgrade: Upgrade): UpgradePlan => ({ path: [...pathOf(upgrade)], inPlace: [], repave: [] });
