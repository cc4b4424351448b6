import { z } from 'zod';
import { ApiToken } from '../fleet/people.ts';

/** A token with what never leaves the store: the hash of its text, and where it comes from. */
export const StoredToken = ApiToken.extend({
  hash: z.string().describe('SHA-256 of the token text, hex.'),
  /** Ids of the token it was made with, of the one that was made with, and so on: it is good for as long as all of them are. */
  madeWith: z.array(z.string()).optional(),
});
export type StoredToken = z.infer<typeof StoredToken>;
