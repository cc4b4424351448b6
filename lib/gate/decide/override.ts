import { z } from 'zod';
import { failed, type Result, succeed } from '../../core/failure.ts';
import { hour, readTime, timeOf, writeTime } from '../../core/time.ts';

// The way round a denial: somebody asks with a reason, somebody else approves, and it ends by itself.

/** How long an override may hold: an upgrade is done in this time, or asked for again. */
export const longestOverrideHours = 72;
const shortestReason = 10;

export const Override = z
  .object({
    id: z.string().describe('Its id'),
    clusterId: z.string().describe('UID of the namespace kube-system'),
    target: z.string().describe('The version it is about, and no other'),
    reason: z.string().describe('Why the upgrade goes on all the same'),
    requestedBy: z.object({ id: z.string(), name: z.string() }).describe('Who asked for it'),
    requestedAt: z.string().describe('When; ISO 8601, UTC'),
    approvedBy: z.object({ id: z.string(), name: z.string() }).optional().describe('Who approved it: another person'),
    approvedAt: z.string().optional().describe('When; ISO 8601, UTC'),
    expires: z.string().describe('Until when it holds; ISO 8601, UTC'),
  })
  .meta({ id: 'Override', description: 'Lets one upgrade through a denial. It needs a reason, an end and a second person.' });
export type Override = z.infer<typeof Override>;

type OverrideRequest = Pick<Override, 'id' | 'clusterId' | 'target' | 'reason' | 'requestedBy' | 'expires'>;

/** Asks for an override; it changes nothing before somebody else approved it. */
export const requestOverride = (request: OverrideRequest, now: string): Result<Override> => {
  const end = readTime(request.expires);
  if (request.reason.trim().length < shortestReason)
    return failed('input-invalid', `Say in a sentence (${shortestReason} characters at least) why the upgrade goes on all the same.`);
  if (end === undefined) return failed('input-invalid', 'Say until when the override holds, as a time such as 2026-12-01T12:00:00Z.');
  if (end <= timeOf(now)) return failed('input-invalid', `The override would be over already at ${request.expires}; choose a later end.`);
  const latest = timeOf(now) + longestOverrideHours * hour;
  if (end > latest)
    return failed(
      'input-invalid',
      `An override holds for ${longestOverrideHours} hours at most, until ${writeTime(latest)}; choose an earlier end.`,
    );
  return succeed({ ...request, reason: request.reason.trim(), requestedAt: now });
};

/** Approves: another person than the one who asked, while it has not ended. */
export const approveOverride = (override: Override, by: Override['requestedBy'], now: string): Result<Override> => {
  if (override.approvedBy) return failed('conflict', 'The override is approved already.');
  if (by.id === override.requestedBy.id)
    return failed('permission-missing', 'Nobody approves an override that they asked for; another person must.');
  if (timeOf(override.expires) <= timeOf(now)) return failed('conflict', 'The override is over already; ask for a new one.');
  return succeed({ ...override, approvedBy: by, approvedAt: now });
};

/** Whether an override lets an upgrade through now. Looks again at everything: a record may have been written by anybody. */
export const overrideHolds = (
  { clusterId, target, reason, requestedBy, approvedBy, approvedAt, expires }: Override,
  upgrade: { readonly clusterId: string; readonly target: string },
  now: string,
): boolean =>
  approvedBy !== undefined &&
  approvedAt !== undefined &&
  approvedBy.id !== requestedBy.id &&
  reason.trim().length >= shortestReason &&
  clusterId === upgrade.clusterId &&
  target === upgrade.target &&
  timeOf(approvedAt) <= timeOf(now) &&
  timeOf(now) < timeOf(expires);
