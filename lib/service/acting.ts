import type { Acting } from '../fleet/waiver-rules.ts';
import type { Records } from '../records/index.ts';
import type { Caller } from './handler.ts';

/** Who acts: for a token with its owner, so that it hides nobody. The audit record names the token. */
export const actingOf = async (records: Pick<Records, 'tokens'>, { actor, personId }: Caller): Promise<Acting> => {
  if (actor.id === personId) return { actor };
  const owner = (await records.tokens.get(actor.id))?.value.owner;
  return { actor, owner: owner?.id === personId ? owner : { type: 'person', id: personId, name: actor.name } };
};
