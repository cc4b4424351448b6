import { failed, type Result, succeed } from '../core/failure.ts';
import { addDays } from '../core/time.ts';
import type { Actor } from '../fleet/common.ts';
import { ApiToken } from '../fleet/people.ts';
import { newToken } from '../fleet/token-text.ts';
import { partitions, type Records, type StoredToken } from '../records/index.ts';
import { mayAssign, noAssignments } from './assigning.ts';
import type { Caller, HandlersOf, ServicePorts } from './handler.ts';
import { withinTokenLimit } from './limits.ts';
import { listKept } from './listing.ts';

/** Without what never leaves the store. */
const shown = (token: StoredToken): ApiToken => ApiToken.parse(token);

/** A chain of tokens that were made with one another is looked at with every call. */
const longestChain = 3;

interface Maker {
  readonly owner: Actor;
  readonly atMost?: string;
  readonly madeWith?: string[];
}

/** For whom a token is made, and until when at the latest: one that was made with a token is no way to outlive it, neither its end nor its revocation. */
const makerOf = async (records: Records, { actor, personId }: Caller): Promise<Result<Maker>> => {
  if (actor.type === 'person') return succeed({ owner: actor });
  const used = actor.type === 'token' ? await records.tokens.get(actor.id) : undefined;
  if (used?.value.owner.id !== personId)
    return failed('permission-missing', 'Only people make tokens, themselves or with one of their tokens. Sign in as a person.');
  const { id, owner, expiresAt, madeWith = [] } = used.value;
  return madeWith.length < longestChain
    ? succeed({ owner, atMost: expiresAt, madeWith: [...madeWith, id] })
    : failed(
        'permission-missing',
        'This token was made with a token that was made with a token; make the new one with one of those, or as a person.',
      );
};

const earlier = (one: string, other: string | undefined): string => (other !== undefined && other < one ? other : one);

export const tokensHandlers = (ports: ServicePorts): HandlersOf<'tokens'> => {
  const { records, clock } = ports;
  return {
    'tokens.list': async ({ query, caller }) => {
      const seesAll = caller.grants.may('apiKey.list');
      const page = await listKept(
        records.tokens,
        { ...partitions.tokens, ...query },
        ({ owner }) => seesAll || owner.id === caller.personId,
      );
      return page.ok ? succeed({ body: { ...page.value, items: page.value.items.map(shown) } }) : page;
    },
    'tokens.create': async ({ body: { name, assignments, days }, caller }) => {
      const maker = await makerOf(records, caller);
      if (!maker.ok) return maker;
      const isWithin = await withinTokenLimit(ports, maker.value.owner.id);
      if (!isWithin.ok) return isWithin;
      const may = await mayAssign(records, caller.grants, noAssignments, assignments);
      if (!may.ok) return may;
      const { id, text, hash } = newToken(clock);
      const createdAt = clock.now();
      const expiresAt = earlier(addDays(createdAt, days), maker.value.atMost);
      const token: ApiToken = { id, name, owner: maker.value.owner, assignments, createdAt, expiresAt };
      const created = await records.tokens.create({ ...token, hash, ...(maker.value.madeWith ? { madeWith: maker.value.madeWith } : {}) });
      return created.ok ? succeed({ body: { ...token, token: text }, target: `tokens/${id}` }) : created;
    },
    'tokens.revoke': async ({ params: { tokenId }, caller }) => {
      const { grants, personId } = caller;
      const there = await records.tokens.get(tokenId);
      const isOwn = there?.value.owner.id === personId;
      if (!there || there.value.revokedAt !== undefined || !(isOwn || grants.may('apiKey.list') || grants.may('apiKey.delete')))
        return failed('not-found', 'There is no such token, or it is revoked already; check its id.');
      if (!isOwn && !grants.may('apiKey.delete'))
        return failed('permission-missing', "You may not revoke somebody else's token; ask its owner or a tenant admin.", 'apiKey.delete');
      const revoked = await records.tokens.update(tokenId, (token) =>
        succeed(token.revokedAt === undefined ? { ...token, revokedAt: clock.now() } : token),
      );
      return revoked.ok ? succeed({ body: undefined, target: `tokens/${tokenId}` }) : revoked;
    },
  };
};
