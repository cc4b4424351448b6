import { z } from 'zod';
import { readTime } from '../core/time.ts';
import { ScanKind } from './report.ts';

const Text = z.string().trim().min(1, 'must not be empty');
/** `*` stands for any text, everything else for itself. */
const Pattern = Text.max(300);

/** Which findings a waiver is about. Every field that is given must match. */
export const WaiverMatch = z
  .strictObject({
    /** Check id or pattern, e.g. `kubelet/*`. */
    check: Pattern,
    /** Kind of scan; any, when left out. */
    kind: ScanKind.optional(),
    /** Pattern over the subject as reports write it: `Kind namespace/name container`, e.g. `Deployment shop/*`. */
    subject: Pattern.optional(),
    /** Name of the cluster, or pattern; any, when left out. */
    cluster: Pattern.optional(),
  })
  .describe('what the waiver is about');

/** One accepted risk. */
export const Waiver = z.strictObject({
  /** Unique in the file; reports name it. */
  id: Text.max(80),
  match: WaiverMatch,
  /** Why the risk is accepted. */
  reason: Text,
  /** Who answers for it. */
  owner: Text,
  /** Who accepted it. */
  approver: Text,
  /** Last day (ISO date, end of that day in UTC) or time until which it holds. */
  expires: z.string().refine((text) => readTime(text) !== undefined, 'must be a date such as 2026-12-31'),
  /** Ends earlier for every finding of which a fixed version exists (SBOM scans). */
  untilFixable: z.boolean().optional(),
});
export type Waiver = z.infer<typeof Waiver>;

/** A waiver file. */
export const WaiverFile = z.strictObject({ waivers: z.array(Waiver) }).check((context) => {
  const seen = new Set<string>();
  for (const [index, { id }] of context.value.waivers.entries()) {
    if (seen.has(id)) context.issues.push({ code: 'custom', message: `"${id}" is used twice`, input: id, path: ['waivers', index, 'id'] });
    seen.add(id);
  }
});

export { expiresAt } from './waiver-end.ts';
