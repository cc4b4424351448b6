import type { Upgrade } from '../check.ts';
import type { UpgradePlan } from '../evaluation.ts';
import type { PlanFacts } from './facts.ts';
import { inPlacePlan } from './in-place.ts';
import { upgradePath } from './path.ts';
import { repaveNotice } from './repave.ts';

export type { PlanFacts } from './facts.ts';
export { inPlacePlan } from './in-place.ts';
export { firstStop, upgradePath } from './path.ts';
export { type RepaveApproval, type RepaveNotice, type RepaveReason, reasonsHash, repaveNotice, repaveState } from './repave.ts';

/** What would happen: the way, and for its first step what kubeadm does in place and what a repave does. */
export const upgradePlan = (facts: PlanFacts, upgrade: Pick<Upgrade, 'current' | 'target'>): UpgradePlan => ({
  path: [...upgradePath(upgrade)],
  inPlace: inPlacePlan(facts, upgrade),
  repave: repaveNotice(facts, upgrade).steps,
});
