import type { Actor } from '../fleet/common.ts';
import type { Caller, Grants } from '../service/handler.ts';
import { before, type Exchange, type Part } from './exchange.ts';
import { networkOf, type RateLimit } from './rate-limit.ts';
import { Refusal } from './refusal.ts';

/** Who holds a credential, or why it is not taken. `recognised`: whose it is, where it is a real one that has expired or was revoked. */
export type Authentication =
  | { readonly ok: true; readonly caller: Caller }
  | { readonly ok: false; readonly say: string; readonly recognised?: Actor };
export interface Authenticator {
  /** `bearer`: the text after `Bearer`. */
  authenticate(bearer: string): Promise<Authentication>;
}
export interface RateLimits {
  readonly principal: RateLimit;
  readonly address: RateLimit;
}

const nothing: Grants = { may: () => false, sees: () => false, list: () => [] };
/** Who calls a public route: nobody in particular, who may do nothing else. */
export const nobody: Caller = { actor: { type: 'person', id: 'nobody', name: 'nobody' }, personId: 'nobody', grants: nothing };

/** RFC 6750 in the header only: tokens in queries end up in logs. */
const bearerOf = (header: string | undefined): string | undefined =>
  /^Bearer +([A-Za-z0-9._~+/=-]{1,16384})$/i.exec(header?.trim() ?? '')?.[1];

const unauthenticated = (
  exchange: Exchange,
  sent: string | undefined,
  found: Exclude<Authentication, { ok: true }> | undefined,
): Refusal => {
  if (found?.recognised) exchange.recognised = found.recognised;
  const say =
    found?.say ??
    (sent === undefined
      ? 'Sign in: send an API token or a sign-in token as `Authorization: Bearer …`.'
      : 'The `Authorization` header cannot be read; send `Bearer` and one token.');
  const challenge = sent === undefined ? 'Bearer realm="gatehouse"' : 'Bearer realm="gatehouse", error="invalid_token"';
  return new Refusal('credential-refused', say, { headers: { 'www-authenticate': challenge } });
};

/** Finds out who calls. Whoever cannot say is counted by address, everybody else by who they are: a neighbour's bad tokens lock nobody out. */
export const authenticate = (authenticator: Authenticator, limits: RateLimits): Part =>
  before(async (exchange, event) => {
    if (exchange.route.access === 'public') return limits.address(networkOf(exchange.address));
    const sent = event.headers.authorization;
    const bearer = bearerOf(sent);
    const found = bearer === undefined ? undefined : await authenticator.authenticate(bearer);
    if (!found?.ok) {
      limits.address(networkOf(exchange.address));
      throw unauthenticated(exchange, sent, found);
    }
    const { actor } = found.caller;
    limits.principal(`${actor.type} ${actor.id}`);
    exchange.caller = found.caller;
  });

/** A project that the caller sees nothing of does not exist for the caller: 404 comes before 403. */
export const authorise: Part = before((exchange) => {
  const { route, caller, projectId } = exchange;
  if (route.access === 'public') return;
  if (!caller) throw new Error('a route that is not public was reached without a caller');
  if (projectId !== undefined && !caller.grants.sees(projectId)) {
    exchange.isForeign = true;
    throw new Refusal('not-found', 'There is no such project; check its id.');
  }
  if (route.access === 'self' || caller.grants.may(route.access.permission, projectId)) return;
  const where = projectId === undefined ? 'in the tenant' : 'in this project';
  throw new Refusal(
    'permission-missing',
    `You lack the permission \`${route.access.permission}\` ${where}; ask an administrator for a role that has it.`,
  );
});
