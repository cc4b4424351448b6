import { z } from 'zod';
import { AuditRecord } from '../../fleet/people.ts';
import { PageQuery, pageOf } from './shared.ts';

export { InProject } from './shared.ts';

export const AuditQuery = PageQuery.extend({
  from: z.iso.datetime().optional().describe('Not before this time.'),
  to: z.iso.datetime().optional().describe('Not after this time.'),
  action: z.string().max(60).optional().describe('Only this operation, e.g. `clusters.create`.'),
  outcome: z.enum(['done', 'refused']).optional().describe('Only what was done, or refused.'),
});
export const AuditPage = pageOf(AuditRecord, 'audit records');
