import { z } from 'zod';

const Metadata = z.object({
  name: z.string(),
  uid: z.string().optional(),
  creationTimestamp: z.string().optional(),
  deletionTimestamp: z.string().optional(),
  labels: z.record(z.string(), z.string()).optional(),
});

/** Anything that was made, as far as it can be told whose it is and when it came. */
export const Made = z.object({ metadata: Metadata, status: z.object({ phase: z.string().optional() }).optional() });
export type Made = z.infer<typeof Made>;

const ContainerState = z.object({
  waiting: z.object({ reason: z.string().optional(), message: z.string().optional() }).optional(),
  running: z.object({ startedAt: z.string().optional() }).optional(),
  terminated: z
    .object({ exitCode: z.number(), reason: z.string().optional(), message: z.string().optional(), finishedAt: z.string().optional() })
    .optional(),
});

/** The pod of the suite. */
export const SuitePod = z.object({
  metadata: Metadata.extend({ annotations: z.record(z.string(), z.string()).optional() }),
  spec: z.object({ nodeName: z.string().optional() }).optional(),
  status: z
    .object({
      phase: z.string().optional(),
      reason: z.string().optional(),
      message: z.string().optional(),
      conditions: z
        .array(
          z.object({
            type: z.string(),
            status: z.string(),
            reason: z.string().optional(),
            message: z.string().optional(),
            lastTransitionTime: z.string().nullish(),
          }),
        )
        .optional(),
      containerStatuses: z.array(z.object({ name: z.string(), state: ContainerState.optional() })).optional(),
    })
    .optional(),
});
export type SuitePod = z.infer<typeof SuitePod>;

/** A node, as far as the suite may have left something on it, or it is the one the suite runs on. */
export const SuiteNode = z.object({
  metadata: z.object({ name: z.string(), labels: z.record(z.string(), z.string()).optional() }),
  spec: z.object({ unschedulable: z.boolean().optional(), taints: z.array(z.object({ key: z.string() })).optional() }).optional(),
  status: z
    .object({
      conditions: z.array(z.object({ type: z.string(), status: z.string(), lastTransitionTime: z.string().nullish() })).optional(),
    })
    .optional(),
});
export type SuiteNode = z.infer<typeof SuiteNode>;

export const Review = z.object({ status: z.object({ allowed: z.boolean() }) });
