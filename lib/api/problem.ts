import { z } from 'zod';

/** Why a request was not done, by RFC 9457. */
export const Problem = z
  .object({
    type: z.string().describe('`https://gatehouse.dev/problems/<code>`: what kind of trouble; names it, need not be fetched.'),
    title: z.string().describe('The kind of trouble in a few words.'),
    status: z.int().describe('HTTP status.'),
    detail: z.string().describe('What went wrong and what to do, in a sentence.'),
    code: z.string().describe('Machine-readable kind, e.g. `input-invalid`.'),
    instance: z.string().describe('Id of the request, for whoever runs the service.'),
    errors: z
      .array(
        z.object({
          at: z.string().describe('JSON pointer into the body, or the name of the parameter.'),
          message: z.string().describe('What is wrong there.'),
        }),
      )
      .optional()
      .describe('Every field that is wrong.'),
  })
  .meta({ id: 'Problem', description: 'Why a request was not done (application/problem+json).' });
export type Problem = z.infer<typeof Problem>;
