import { z } from 'zod';

// What only the store knows of. Schemas of entities are in lib/fleet.

/** Which scan holds the lane of a kind: at most one scan of a kind is alive on a cluster. */
export const Lane = z.object({ clusterId: z.string(), kind: z.string(), scanId: z.string(), since: z.string() });
export type Lane = z.infer<typeof Lane>;

/** One place in the chain of a cluster. Put if absent, so there is one manifest per place; it holds the manifest itself, so that a seal that was interrupted can be finished. */
export const ChainEntry = z.object({
  clusterId: z.string(),
  sequence: z.int(),
  scanId: z.string(),
  manifestSha256: z.string(),
  /** The bytes of the manifest, as text. */
  manifest: z.string(),
});
export type ChainEntry = z.infer<typeof ChainEntry>;

/** Scans of a project that run now; one record, so that the limit holds whoever is faster. */
export const ProjectSlots = z.object({
  projectId: z.string(),
  running: z.array(z.object({ clusterId: z.string(), scanId: z.string() })),
});
export type ProjectSlots = z.infer<typeof ProjectSlots>;

/** Where an evaluation is: by its id, or by the hash of a question that may be repeated. */
export const EvaluationRef = z.object({
  ref: z.string(),
  projectId: z.string(),
  clusterId: z.string(),
  evaluationId: z.string(),
  /** After which the same question is a new one; ISO 8601. */
  expiresAt: z.string().optional(),
});
export type EvaluationRef = z.infer<typeof EvaluationRef>;

/** In which project a connection to a release system is. */
export const ConnectionRef = z.object({ id: z.string(), projectId: z.string() });

/** Whose a name is. */
export const Reservation = z.object({ id: z.string() });
