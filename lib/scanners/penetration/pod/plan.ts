import { z } from 'zod';

/** What the program in the pod is told: where to knock and as whom to introduce itself. */
export const Plan = z.object({
  scanId: z.string(),
  version: z.string(),
  nonce: z.string(),
  /** Time of the scan, ISO 8601. */
  now: z.string(),
  /** Milliseconds that looking may take. */
  lookMs: z.int().min(0),
  /** As `packDoors` wrote them. */
  doors: z.unknown(),
});
export type Plan = z.infer<typeof Plan>;
