import { failed, type Result, succeed } from '../core/failure.ts';
import { day, timeOf, writeTime } from '../core/time.ts';
import { matches } from '../reports/finish/waivers.ts';
import type { ScanKind } from '../reports/report.ts';
import { expiresAt, type Waiver } from '../reports/waiver.ts';
import type { Actor } from './common.ts';
import type { WaiverRecord, WaiverRequest } from './waiver.ts';

/** Who acts, and for a token whose it is. */
export interface Acting {
  readonly actor: Actor;
  readonly owner?: Actor;
}
/** Who answers for it: a token hides nobody. Records name this one, so that four eyes are those of two people. */
export const personBehind = ({ actor, owner }: Acting): Actor => owner ?? actor;

const longestYears = 2;
/** The same day and time two years on; 29 February becomes 1 March. */
const latest = (now: string): number => {
  const [year = '', ...rest] = writeTime(timeOf(now)).split('-');
  const then = [Number(year) + longestYears, ...rest].join('-');
  return then.slice(4, 10) === '-02-29' ? timeOf(`${then.slice(0, 4)}-03-01${then.slice(10)}`) : timeOf(then);
};

/** A waiver must end, and not be over before it begins. A bare date lasts to its end, so the day two years ahead is still allowed. */
const checkEnd = (waiver: Pick<WaiverRecord, 'expires'>, now: string): Result<void> => {
  const end = expiresAt(waiver);
  if (end <= timeOf(now)) return failed('input-invalid', `The waiver would be over already on ${waiver.expires}; choose a later end.`);
  const lastDay = Math.floor(latest(now) / day);
  return Math.floor(end / day) > lastDay
    ? failed(
        'input-invalid',
        `A waiver holds for two years at most, until ${writeTime(lastDay * day).slice(0, 10)}; choose an earlier end.`,
      )
    : succeed(undefined);
};

/** A waiver that somebody asks for. It marks nothing before another person has approved it. */
export const requestWaiver = (
  request: WaiverRequest,
  { id, projectId, by, now }: { readonly id: string; readonly projectId: string; readonly by: Acting; readonly now: string },
): Result<WaiverRecord> => {
  const requestedBy = personBehind(by);
  // its owner could approve then what the token asked for
  if (requestedBy.type === 'token')
    return failed('permission-missing', 'It is not known whose token this is; ask for the waiver as a person.');
  const end = checkEnd(request, now);
  return end.ok ? succeed({ id, projectId, ...request, state: 'requested', requestedBy, requestedAt: now }) : end;
};

/** Approves or rejects: another person than the one who asked. */
export const decideWaiver = (
  waiver: WaiverRecord,
  {
    decision,
    by,
    reason,
    now,
  }: { readonly decision: 'approve' | 'reject'; readonly by: Acting; readonly reason?: string; readonly now: string },
): Result<WaiverRecord> => {
  const decidedBy = personBehind(by);
  if (waiver.state !== 'requested') return failed('conflict', `The waiver is ${waiver.state} already; ask for a new one instead.`);
  if (decidedBy.type !== 'person') return failed('permission-missing', 'Only a person decides about a waiver. Sign in as one.');
  if (decidedBy.id === waiver.requestedBy.id)
    return failed('permission-missing', 'Nobody decides about a waiver that they asked for; another person must.');
  const end = decision === 'approve' ? checkEnd(waiver, now) : succeed(undefined);
  if (!end.ok) return end;
  const said = reason === undefined ? {} : { decisionReason: reason };
  return succeed({ ...waiver, state: decision === 'approve' ? 'approved' : 'rejected', decidedBy, decidedAt: now, ...said });
};

/** Takes back what one asked for; whoever may approve ends any. */
export const withdrawWaiver = (waiver: WaiverRecord, by: Acting & { readonly mayApprove: boolean }): Result<WaiverRecord> => {
  if (waiver.state !== 'requested' && waiver.state !== 'approved')
    return failed('conflict', `The waiver is ${waiver.state} already; there is nothing to end.`);
  return by.mayApprove || personBehind(by).id === waiver.requestedBy.id
    ? succeed({ ...waiver, state: 'withdrawn' })
    : failed(
        'permission-missing',
        'Only who asked for a waiver, or who may approve waivers, can end it. Ask one of them.',
        'waiver.approve',
      );
};

/** How long reports go on naming a waiver that has expired. */
const shownAfterDays = 30;

/** A waiver as reports know it, and whether it ends once a fix exists. */
export type ActiveWaiver = Waiver & { readonly untilFixable: boolean };

/**
 * The waivers that a scan is finished with: approved by then, and about this kind and cluster. Those that expired lately are among them: a report
 * says of each whether it was used, unused or expired.
 */
export const activeWaivers = (
  waivers: readonly WaiverRecord[],
  at: string,
  scan: { readonly kind?: ScanKind; readonly clusterName?: string } = {},
): readonly ActiveWaiver[] =>
  waivers.flatMap((waiver) => {
    const { id, match, reason, owner, expires, untilFixable, state, decidedBy, decidedAt } = waiver;
    if (state !== 'approved' || !decidedBy || !decidedAt || timeOf(decidedAt) > timeOf(at)) return [];
    if (expiresAt(waiver) + shownAfterDays * day < timeOf(at)) return [];
    if (scan.kind !== undefined && match.kind !== undefined && match.kind !== scan.kind) return [];
    if (scan.clusterName !== undefined && !matches(match.cluster, scan.clusterName)) return [];
    return [{ id, match, reason, owner, approver: decidedBy.name, expires, untilFixable }];
  });

/** A waiver that would hold for a cluster under a new name, and does not under its old one: what somebody accepted for another cluster. */
export const waiverGainedBy = (
  waivers: readonly WaiverRecord[],
  { from, to }: { readonly from: string; readonly to: string },
  now: string,
): WaiverRecord | undefined =>
  waivers.find(
    (waiver) =>
      waiver.state === 'approved' &&
      expiresAt(waiver) >= timeOf(now) &&
      matches(waiver.match.cluster, to) &&
      !matches(waiver.match.cluster, from),
  );

/** Days before its end that the owner of a waiver is warned. */
export const warningDays = 14;

/** The approved waivers whose end is near and whose owners have not been warned yet. */
export const waiversToWarnAbout = (waivers: readonly WaiverRecord[], now: string): readonly WaiverRecord[] =>
  waivers.filter((waiver) => {
    const left = expiresAt(waiver) - timeOf(now);
    return waiver.state === 'approved' && waiver.warnedAt === undefined && left >= 0 && left <= warningDays * day;
  });
