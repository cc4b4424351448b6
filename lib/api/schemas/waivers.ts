import { z } from 'zod';
import { WaiverId, WaiverRecord, waiverStates } from '../../fleet/waiver.ts';
import { InProject, listOf, PageQuery, pageOf } from './shared.ts';

export { WaiverRecord, WaiverRequest } from '../../fleet/waiver.ts';
export { InProject } from './shared.ts';

export const OfWaiver = InProject.extend({ waiverId: WaiverId });
export const WaiversQuery = PageQuery.extend({ state: listOf(z.enum(waiverStates)).describe('Only these states.') });
export const WaiverPage = pageOf(WaiverRecord, 'waivers');
export const Decision = z.strictObject({
  decision: z.enum(['approve', 'reject']),
  reason: z.string().trim().min(1).max(1000).describe('Why.'),
});
