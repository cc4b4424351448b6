import { z } from 'zod';
import { WaiverMatch } from '../reports/waiver.ts';
import { Actor, idOf, isoTime, ProjectId } from './common.ts';

export const WaiverId = idOf('wvr', 'waiver');
export const waiverStates = ['requested', 'approved', 'rejected', 'withdrawn'] as const;

const Sentence = z.string().trim().min(1).max(1000);
export const WaiverRequest = z
  .strictObject({
    match: WaiverMatch,
    reason: Sentence.describe('Why the risk is accepted.'),
    owner: z.string().trim().min(1).max(200).describe('Who answers for it.'),
    expires: z
      .union([z.iso.date(), z.iso.datetime()])
      .describe('Last day (end of that day, UTC) or time until which it holds; at most two years ahead.'),
    untilFixable: z.boolean().default(false).describe('Ends earlier, as soon as a fix for the finding exists (SBOM scans).'),
  })
  .meta({ id: 'WaiverRequest', description: 'Asks that a risk be accepted.' });
export type WaiverRequest = z.infer<typeof WaiverRequest>;

export const WaiverRecord = z
  .object({
    id: WaiverId,
    projectId: ProjectId,
    match: WaiverMatch,
    reason: z.string().describe('Why the risk is accepted.'),
    owner: z.string().describe('Who answers for it.'),
    expires: z.string().describe('Last day (end of that day, UTC) or time until which it holds.'),
    untilFixable: z.boolean().describe('Ends as soon as a fix for the finding exists.'),
    state: z.enum(waiverStates).describe('Only an `approved` one marks findings.'),
    requestedBy: Actor,
    requestedAt: isoTime('When it was asked for'),
    decidedBy: Actor.optional().describe('Who approved or rejected it: another one than who asked.'),
    decidedAt: isoTime('When it was decided').optional(),
    decisionReason: z.string().optional().describe('What the decider said.'),
    lastUsedAt: isoTime('When a scan last found something it marks').optional(),
    warnedAt: isoTime('When its owner was warned that it expires').optional(),
  })
  .meta({ id: 'Waiver', description: 'An accepted risk. Findings it marks are still evaluated, shown and counted apart.' });
export type WaiverRecord = z.infer<typeof WaiverRecord>;
