import { z } from 'zod';
import { TargetVersion } from '../gate/request.ts';
import { Actor, ClusterId, idOf, isoTime, ProjectId } from './common.ts';

export const OverrideId = idOf('ovr', 'override');
export const overrideStates = ['requested', 'approved', 'rejected', 'withdrawn'] as const;

export const OverrideRequest = z
  .strictObject({
    clusterId: ClusterId.describe('The cluster that is to be upgraded all the same.'),
    target: TargetVersion.describe('The version that it is upgraded to; the override is about no other.'),
    reason: z.string().trim().min(10).max(1000).describe('Why the upgrade goes on all the same: a sentence.'),
    expires: z.iso.datetime().describe('Until when it holds; at most 72 hours ahead. ISO 8601, UTC.'),
  })
  .meta({ id: 'OverrideRequest', description: 'Asks that one upgrade goes on despite a denial.' });
export type OverrideRequest = z.infer<typeof OverrideRequest>;

export const OverrideRecord = z
  .object({
    id: OverrideId,
    projectId: ProjectId,
    clusterId: ClusterId,
    clusterName: z.string().describe('Name of the cluster when it was asked for.'),
    target: z.string().describe('The version it is about, and no other.'),
    reason: z.string().describe('Why the upgrade goes on all the same.'),
    expires: isoTime('Until when it holds'),
    state: z.enum(overrideStates).describe('Only an `approved` one lets an upgrade through, while it has not ended.'),
    requestedBy: Actor,
    requestedAt: isoTime('When it was asked for'),
    decidedBy: Actor.optional().describe('Who approved or rejected it: another person than who asked.'),
    decidedAt: isoTime('When it was decided').optional(),
    decisionReason: z.string().optional().describe('What the decider said.'),
    withdrawnBy: Actor.optional().describe('Who ended it, or took it back.'),
    withdrawnAt: isoTime('When that was').optional(),
  })
  // `Override` is what the gate itself looks at
  .meta({ id: 'OverrideRecord', description: 'Lets one upgrade through a denial of the gate, for hours, because two people say so.' });
export type OverrideRecord = z.infer<typeof OverrideRecord>;
