import { z } from 'zod';

/** A pod, as far as we wait for it. */
export const PodAnswer = z.object({
  metadata: z.object({
    name: z.string(),
    /** ISO 8601. */
    creationTimestamp: z.string().optional(),
    labels: z.record(z.string(), z.string()).optional(),
  }),
  spec: z.object({ nodeName: z.string().optional() }).optional(),
  status: z
    .object({
      phase: z.string().optional(),
      reason: z.string().optional(),
      message: z.string().optional(),
      containerStatuses: z
        .array(
          z.object({
            state: z
              .object({
                waiting: z.object({ reason: z.string().optional(), message: z.string().optional() }).optional(),
                terminated: z.object({ exitCode: z.number(), reason: z.string().optional(), message: z.string().optional() }).optional(),
              })
              .optional(),
          }),
        )
        .optional(),
    })
    .optional(),
});
export type PodAnswer = z.infer<typeof PodAnswer>;

/** A namespace, as far as we must know whose it is and whether it lives. */
export const NamespaceAnswer = z.object({
  metadata: z.object({
    name: z.string(),
    creationTimestamp: z.string().optional(),
    labels: z.record(z.string(), z.string()).optional(),
  }),
  status: z.object({ phase: z.string().optional() }).optional(),
});
export type NamespaceAnswer = z.infer<typeof NamespaceAnswer>;
