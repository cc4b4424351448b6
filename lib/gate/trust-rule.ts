import { z } from 'zod';
import { NumericId } from './request.ts';

/** Which jobs may ask: what the claims of their token must be. */
export const TrustRule = z
  .strictObject({
    name: z.string().min(1).max(64),
    system: z.enum(['github', 'gitlab']),
    issuer: z
      .url({ protocol: /^https$/ })
      .describe('Exactly as `iss`: `https://token.actions.githubusercontent.com`, or the address of the GitLab'),
    audience: z.string().min(8).max(256).describe('Exactly as one of `aud`'),
    repositoryId: NumericId.describe('Numeric id of the repository or project: a name can be given to another one day'),
    claims: z
      .record(z.string().regex(/^[a-z][a-z0-9_]{0,63}$/), z.string().min(1).max(512))
      .describe('Further claims and their exact values, such as `environment` or `ref`')
      .refine(
        (claims) => Object.keys(claims).length > 0,
        'name at least one, such as environment or ref: else every branch of the repository may ask',
      ),
    clusters: z.array(z.string().min(1).max(256)).min(1).describe('Clusters it may ask about, by the name or id that is asked with'),
  })
  .meta({ id: 'TrustRule', description: 'Which jobs of which repository may ask about which clusters.' });
export type TrustRule = z.infer<typeof TrustRule>;
