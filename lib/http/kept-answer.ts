import { z } from 'zod';

/** What is kept under an idempotency key: the request, and its answer once there is one. */
export const KeptAnswer = z.object({
  request: z.string(),
  answer: z.object({ statusCode: z.int(), headers: z.record(z.string(), z.string()), body: z.string(), withheld: z.boolean() }).optional(),
});
export type KeptAnswer = z.infer<typeof KeptAnswer>;
