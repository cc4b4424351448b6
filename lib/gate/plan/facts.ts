import type { GateFacts, GateNode, GatePod, GateVersion } from '../../core/gate/index.ts';
import { byVersion, readGateVersion } from '../../core/gate/index.ts';
import { objectText } from '../check.ts';
import type { PlanStep } from '../evaluation.ts';
import { ownerOf } from '../shared/words.ts';

/** What a plan is made from. */
export type PlanFacts = Pick<GateFacts, 'nodes' | 'pods' | 'workloads' | 'controlPlane' | 'settings'>;

/** A step that does not know its place yet. */
export type Step = Omit<PlanStep, 'order'>;

export const inOrder = (steps: readonly Step[]): PlanStep[] => steps.map((step, at) => ({ order: at + 1, ...step }));

/** The one step of a plan that cannot be made. */
export const noPlan = (reason: string): PlanStep[] => [{ order: 1, what: `What would happen cannot be told: ${reason}` }];

/** Workloads that lose pods, as `Kind namespace/name`, each once. */
export const workloadsOf = (pods: readonly GatePod[]): string[] =>
  [...new Set(pods.map(ownerOf).map((owner) => `${owner.kind} ${objectText(owner)}`))].toSorted();

/** Whether something already runs the version; vendor suffixes count, so that a rebuilt one is another. */
export const runs = (text: string | undefined, version: GateVersion): boolean => {
  const own = text === undefined ? undefined : readGateVersion(text.replace('_', '+'));
  const suffix = (one: string) => /\+.+$/.exec(one)?.[0] ?? '';
  return own !== undefined && byVersion(own, version) === 0 && suffix(own.text) === suffix(version.text);
};

export const isControlPlane = ({ role }: Pick<GateNode, 'role'>): boolean => role === 'control-plane';
