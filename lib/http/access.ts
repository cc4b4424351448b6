import { createHash } from 'node:crypto';
import type { RouteId } from '../api/index.ts';
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

/** Credentials that were good lately, as hashes; of the oldest nothing is known any more. */
const goodLately = (most = 10_000) => {
  const hashes = new Set<string>();
  const hashOf = (bearer: string): string => createHash('sha256').update(bearer).digest('base64');
  return {
    has: (bearer: string): boolean => hashes.has(hashOf(bearer)),
    note: (bearer: string): void => {
      const hash = hashOf(bearer);
      hashes.delete(hash);
      const [oldest] = hashes;
      if (hashes.size >= most && oldest !== undefined) hashes.delete(oldest);
      hashes.add(hash);
    },
    forget: (bearer: string): void => void hashes.delete(hashOf(bearer)),
  };
};

/**
 * Finds out who calls. Whoever cannot say is counted by address, everybody else by who they are. Where an address has sent too many bad tokens, one that was never
 * good is refused before it costs anything: proving a signature does. A neighbour's bad tokens lock nobody out who was here before.
 */
export const authenticate = (authenticator: Authenticator, limits: RateLimits): Part => {
  const good = goodLately();
  return before(async (exchange, event) => {
    const network = networkOf(exchange.address);
    if (exchange.route.access === 'public') return limits.address(network);
    const sent = event.headers.authorization;
    const bearer = bearerOf(sent);
    if (bearer === undefined) {
      limits.address(network);
      throw unauthenticated(exchange, sent, undefined);
    }
    if (!good.has(bearer)) limits.address.look(network);
    const found = await authenticator.authenticate(bearer);
    if (!found.ok) {
      good.forget(bearer);
      limits.address(network);
      throw unauthenticated(exchange, sent, found);
    }
    good.note(bearer);
    const { actor } = found.caller;
    limits.principal(`${actor.type} ${actor.id}`);
    exchange.caller = found.caller;
  });
};

/** All that a job may call that shows a token of its own. What it may ask about, and which evaluations it sees, is for the handlers to say. */
const forJobs: ReadonlySet<RouteId> = new Set<RouteId>(['gate.evaluate', 'gate.get']);

/** A project that the caller sees nothing of does not exist for the caller: 404 comes before 403. */
export const authorise: Part = before((exchange) => {
  const { route, caller, projectId } = exchange;
  if (route.access === 'public') return;
  if (!caller) throw new Error('a route that is not public was reached without a caller');
  if (caller.pipeline) {
    if (forJobs.has(exchange.id)) return;
    throw new Refusal('permission-missing', 'A job of a release system may ask the gate and look at what it asked, nothing else.');
  }
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
