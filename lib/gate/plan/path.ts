import { byVersion, type GateVersion, readGateVersion } from '../../core/gate/index.ts';
import type { Upgrade } from '../check.ts';
import { newestPatchOf } from '../releases.ts';

type Ends = Pick<Upgrade, 'current' | 'target'>;

/** `v1.36.3`, as clusters write it. */
export const versionText = ({ text }: GateVersion): string => (/^\d/.test(text) ? `v${text}` : text);

/**
 * Versions from the current to the target, one minor at a time: `v1.26.3`, `v1.27.16`, `v1.28.0`. Between the ends stands the newest known patch of each minor. Empty where no upgrade
 * leads there: to what is older, or of another major.
 */
export const upgradePath = ({ current, target }: Ends): readonly string[] => {
  if (current.major !== target.major || byVersion(target, current) < 0) return [];
  const between = Array.from({ length: Math.max(0, target.minor - current.minor - 1) }, (_, step) => {
    const minor = { major: current.major, minor: current.minor + step + 1 };
    return newestPatchOf(minor) ?? `v${minor.major}.${minor.minor}.0`;
  });
  return byVersion(target, current) === 0 ? [versionText(current)] : [versionText(current), ...between, versionText(target)];
};

/** Where the first step leads: the target, or the next minor on the way to it. Undefined where there is no way. */
export const firstStop = (upgrade: Ends): GateVersion | undefined => {
  const next = upgradePath(upgrade)[1];
  return next === undefined ? undefined : next === versionText(upgrade.target) ? upgrade.target : readGateVersion(next);
};
