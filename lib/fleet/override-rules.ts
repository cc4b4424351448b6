import { failed, type Result, succeed } from '../core/failure.ts';
import { timeOf } from '../core/time.ts';
import { approveOverride, type Override, requestOverride } from '../gate/decide/override.ts';
import type { Cluster } from './cluster.ts';
import type { Actor } from './common.ts';
import type { OverrideRecord, OverrideRequest } from './override-record.ts';
import { type Acting, personBehind } from './waiver-rules.ts';

/** Versions are written with and without their `v`; records have it. */
const withV = (version: string): string => (version.startsWith('v') ? version : `v${version}`);
/** Whether two texts name the same version; what vendors write behind it counts. */
export const isSameTarget = (a: string, b: string): boolean => withV(a) === withV(b);

const named = ({ id, name }: Actor): Override['requestedBy'] => ({ id, name });

/** What the gate looks at, of a record. `clusterUid` is the UID of the namespace kube-system. */
export const gateOverrideOf = (record: OverrideRecord, clusterUid: string): Override => {
  const { id, target, reason, requestedBy, requestedAt, expires, state, decidedBy, decidedAt } = record;
  return {
    id,
    clusterId: clusterUid,
    target,
    reason,
    requestedBy: named(requestedBy),
    requestedAt,
    expires,
    ...(state === 'approved' && decidedBy && decidedAt ? { approvedBy: named(decidedBy), approvedAt: decidedAt } : {}),
  };
};

/** Which override is asked for, and by whom. */
export interface OverrideAsked {
  readonly id: string;
  readonly cluster: Pick<Cluster, 'id' | 'projectId' | 'name'>;
  readonly by: Acting;
  readonly now: string;
}

/** An override that somebody asks for. It lets nothing through before another person has approved it. */
export const askOverride = (request: OverrideRequest, { id, cluster, by, now }: OverrideAsked): Result<OverrideRecord> => {
  const requestedBy = personBehind(by);
  // a pipeline and one person would be one pair of eyes
  if (requestedBy.type !== 'person')
    return failed('permission-missing', 'Only a person asks for an override: two people answer for it. Sign in as one.');
  const target = withV(request.target);
  const asked = requestOverride({ ...request, id, target, requestedBy: named(requestedBy) }, now);
  if (!asked.ok) return asked;
  const { reason, expires } = asked.value;
  const about = { id, projectId: cluster.projectId, clusterId: cluster.id, clusterName: cluster.name, target, reason, expires };
  return succeed({ ...about, state: 'requested', requestedBy, requestedAt: now });
};

/** How somebody decides. */
export interface OverrideDecision {
  readonly decision: 'approve' | 'reject';
  readonly reason: string;
  readonly by: Acting;
  readonly now: string;
}

/** Approves or rejects: another person than the one who asked, while it has not ended. */
export const decideOverride = (override: OverrideRecord, { decision, reason, by, now }: OverrideDecision): Result<OverrideRecord> => {
  const decidedBy = personBehind(by);
  if (override.state !== 'requested') return failed('conflict', `The override is ${override.state} already; ask for a new one instead.`);
  if (decidedBy.type !== 'person') return failed('permission-missing', 'Only a person decides about an override. Sign in as one.');
  if (decidedBy.id === override.requestedBy.id)
    return failed('permission-missing', 'Nobody decides about an override that they asked for; another person must.');
  const decided = { decidedBy, decidedAt: now, decisionReason: reason };
  if (decision === 'reject') return succeed({ ...override, state: 'rejected', ...decided });
  const approved = approveOverride(gateOverrideOf(override, override.clusterId), named(decidedBy), now);
  return approved.ok ? succeed({ ...override, state: 'approved', ...decided }) : approved;
};

/** Takes back what one asked for; whoever may approve ends any. */
export const withdrawOverride = (
  override: OverrideRecord,
  by: Acting & { readonly mayApprove: boolean },
  now: string,
): Result<OverrideRecord> => {
  if (override.state !== 'requested' && override.state !== 'approved')
    return failed('conflict', `The override is ${override.state} already; there is nothing to end.`);
  const withdrawnBy = personBehind(by);
  return by.mayApprove || withdrawnBy.id === override.requestedBy.id
    ? succeed({ ...override, state: 'withdrawn', withdrawnBy, withdrawnAt: now })
    : failed(
        'permission-missing',
        'Only who asked for an override, or who may approve overrides, can end it. Ask one of them.',
        'upgrade.approve',
      );
};

/** Whether it still waits for a decision or lets upgrades through. */
export const isOpenOverride = ({ state, expires }: OverrideRecord, now: string): boolean =>
  (state === 'requested' || state === 'approved') && timeOf(now) < timeOf(expires);
