import { createHash } from 'node:crypto';
import { byVersion, type GateNode, type GateVersion } from '../../core/gate/index.ts';
import { canonicalBytes } from '../../reports/evidence/canonical.ts';
import type { Upgrade } from '../check.ts';
import { inRepaveOrder, podsMovedByNode } from '../drain/moved.ts';
import type { PlanStep } from '../evaluation.ts';
import { inOrder, isControlPlane, noPlan, type PlanFacts, runs, type Step, workloadsOf } from './facts.ts';
import { firstStop, versionText } from './path.ts';

/** Why machines are replaced. */
export interface RepaveReason {
  /** `kubernetes-version`, `operating-system`, `control-plane-settings`, `machine-shape`, … */
  readonly code: string;
  /** One sentence. */
  readonly message: string;
  /** Which machines: those of the control plane, or of the named pool; every machine without. */
  readonly only?: { readonly controlPlane: true } | { readonly pool: string };
}

/** What a repave would do, and why: what a person approves. */
export interface RepaveNotice {
  readonly reasons: readonly RepaveReason[];
  /** `sha256:…` of the reasons: an approval holds for these and no others. */
  readonly reasonsHash: string;
  readonly steps: PlanStep[];
}

/** What a person said to a notice. */
export interface RepaveApproval {
  readonly decision: 'approved' | 'reverted';
  readonly reasonsHash: string;
  readonly by: string;
  /** ISO 8601. */
  readonly at: string;
}

/** Of the reasons, in whatever order they were given. */
export const reasonsHash = (reasons: readonly RepaveReason[]): string => {
  const sorted = reasons.map((reason) => Buffer.from(canonicalBytes(reason)).toString('utf8')).toSorted();
  return `sha256:${createHash('sha256').update(JSON.stringify(sorted)).digest('hex')}`;
};

/** Where a notice stands: an approval of other reasons is none. */
export const repaveState = (
  { steps, reasonsHash: hash }: RepaveNotice,
  approval: RepaveApproval | undefined,
): 'not-needed' | 'pending' | 'approved' | 'reverted' => {
  if (steps.length === 0) return 'not-needed';
  return approval?.reasonsHash === hash ? approval.decision : 'pending';
};

const versionReasons = (current: GateVersion, to: GateVersion): readonly RepaveReason[] =>
  byVersion(current, to) === 0
    ? []
    : [{ code: 'kubernetes-version', message: `Kubernetes goes from ${versionText(current)} to ${versionText(to)}.` }];

const concerns = ({ only }: RepaveReason, node: GateNode): boolean =>
  only === undefined || ('pool' in only ? node.pool === only.pool && !isControlPlane(node) : isControlPlane(node));

const placeText = (node: GateNode): string =>
  isControlPlane(node) ? 'control plane' : node.pool === undefined ? 'worker' : `pool ${node.pool}`;

const stepOf = (node: GateNode, why: readonly RepaveReason[], disrupts: string[]): Step => ({
  node: node.name,
  what: `${node.name} (${placeText(node)}, ${node.kubeletVersion}) is drained and replaced: ${why.map(({ message }) => message).join(' ')}`,
  ...(disrupts.length > 0 ? { disrupts } : {}),
});

/**
 * Which machines would be replaced on the way to the first stop, in which order, and why: the control plane first, one at a time, then pool by pool. `more` are reasons that the
 * cluster does not tell of, such as another operating system in its profile. A machine that runs the new version already is not replaced for the version's sake.
 */
export const repaveNotice = (
  { nodes, pods }: Pick<PlanFacts, 'nodes' | 'pods'>,
  upgrade: Pick<Upgrade, 'current' | 'target'>,
  more: readonly RepaveReason[] = [],
): RepaveNotice => {
  const to = firstStop(upgrade);
  const byVersionChange = to === undefined ? [] : versionReasons(upgrade.current, to);
  const reasons = [...byVersionChange, ...more];
  const notice = { reasons, reasonsHash: reasonsHash(reasons) };
  if (reasons.length === 0) return { ...notice, steps: [] };
  if (!nodes.read) return { ...notice, steps: noPlan(nodes.reason) };
  if (!pods.read) return { ...notice, steps: noPlan(pods.reason) };
  const moved = podsMovedByNode(pods.value);
  const steps = inRepaveOrder(nodes.value).flatMap((node) => {
    const why = [
      ...(to !== undefined && runs(node.kubeletVersion, to) ? [] : byVersionChange),
      ...more.filter((reason) => concerns(reason, node)),
    ];
    return why.length === 0 ? [] : [stepOf(node, why, workloadsOf(moved.get(node.name) ?? []))];
  });
  return { ...notice, steps: inOrder(steps) };
};
