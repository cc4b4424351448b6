import { z } from 'zod';
import { ClusterId, ProjectId } from '../../fleet/common.ts';

// What the paths of several groups name.
export const InProject = z.object({ projectId: ProjectId });
export const OfCluster = InProject.extend({ clusterId: ClusterId });

/** Query of every list: pages by cursor. */
export const PageQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(200).default(50).describe('Items per page at most, 1–200.'),
  cursor: z.string().max(2000).optional().describe('`next` of the page before; good for the same query only.'),
});

/** A page of something. A page may be short, even empty, and not be the last: only a missing `next` says so. */
export const pageOf = <T extends z.ZodType>(item: T, what: string) =>
  z.object({
    items: z.array(item).describe(`The ${what} of this page.`),
    next: z.string().optional().describe('Cursor of the next page; missing on the last one.'),
  });

/** A query parameter that may be given several times or as a list with commas. */
export const listOf = <T extends z.ZodType>(item: T) =>
  z.preprocess(
    (given) => (given === undefined ? undefined : (Array.isArray(given) ? given : [given]).flatMap((text) => String(text).split(','))),
    z.array(item).max(50).optional(),
  );

export const flag = z
  .enum(['true', 'false'])
  .transform((text) => text === 'true')
  .optional();
