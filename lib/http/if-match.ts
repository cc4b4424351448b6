import type { RouteId } from '../api/index.ts';
import type { Failure } from '../core/failure.ts';
import type { Call, Handlers } from '../service/handler.ts';
import { before, type Exchange, type Part } from './exchange.ts';
import { Refusal, refusalOf } from './refusal.ts';

export const etagOf = (revision: number): string => `"${revision}"`;

export const changedSince = () =>
  new Refusal(
    'precondition-failed',
    'It was changed since you read it, or your `If-Match` is not its ETag. Read it again and repeat the change on what it is now.',
  );

/** Whether the route changes a versioned thing, so that the caller must say which revision was seen. */
export const needsIfMatch = ({ versioned, method }: Exchange['route']): boolean =>
  versioned && (method === 'PUT' || method === 'PATCH' || method === 'DELETE');

/** `If-Match: "<revision>"`. Lost updates are ruled out by asking for it always; `*` would let them in again. */
export const readIfMatch: Part = before((exchange, event) => {
  if (!needsIfMatch(exchange.route)) return;
  const tag = event.headers['if-match'];
  if (tag === undefined || tag.trim() === '*')
    throw new Refusal(
      'precondition-required',
      'Send `If-Match` with the ETag of what you read, so that nobody overwrites a change unseen.',
    );
  const revision = /^\s*"([1-9]\d{0,14})"\s*$/.exec(tag)?.[1];
  if (revision === undefined) throw changedSince();
  exchange.ifMatch = Number(revision);
});

/**
 * A conflict of a versioned change is either a revision that has moved on (412) or something else, such as a name that is taken (409).
 * The `get` of the same thing tells which.
 */
export const conflictOf = async (
  exchange: Exchange,
  call: Call<RouteId>,
  failure: Failure,
  handlers: Partial<Handlers>,
): Promise<Refusal> => {
  if (exchange.ifMatch === undefined) return refusalOf(failure);
  const getter = handlers[exchange.id.replace(/\.[^.]+$/, '.get') as RouteId] as Handlers['projects.get'] | undefined;
  const now = await getter?.({ ...call, query: undefined, body: undefined, ifMatch: undefined } as Call<'projects.get'>);
  return now?.ok && now.value.revision !== exchange.ifMatch ? changedSince() : refusalOf(failure);
};
