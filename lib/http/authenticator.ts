import { succeed } from '../core/failure.ts';
import { permissionsOf } from '../fleet/access.ts';
import type { Actor } from '../fleet/common.ts';
import type { User } from '../fleet/people.ts';
import { isTokenOf, tokenIdOf } from '../fleet/token-text.ts';
import { userIdOf } from '../fleet/user-id.ts';
import type { Clock } from '../ports/clock.ts';
import type { Records, StoredToken } from '../records/index.ts';
import type { Authentication, Authenticator } from './access.ts';
import { type NamedAdmin, readHolder } from './holder.ts';
import type { Identity, Oidc } from './oidc.ts';
import type { PipelineIdentity } from './pipeline-identity.ts';

export interface AuthenticatorOptions {
  readonly records: Pick<Records, 'users' | 'teams' | 'roles' | 'tokens'>;
  readonly clock: Clock;
  /** Tenant admins named at deployment. */
  readonly admins: readonly NamedAdmin[];
  /** Absent where only API tokens are taken. */
  readonly oidc?: Oidc;
  /** Jobs of release systems with tokens of their own; absent where none are taken. */
  readonly pipelines?: PipelineIdentity;
}

const refused = (say: string, recognised?: Actor): Authentication => ({ ok: false, say, ...(recognised ? { recognised } : {}) });
const hourOf = (iso: string): string => `${iso.slice(0, 13)}:00:00.000Z`;
const shortly = (name: string): string => name.slice(0, 256);
/** Reports, audit records and waivers name what acted in these words: the name of a token says nothing without whose it is. */
const actorOfToken = ({ id, name, owner }: StoredToken): Actor => ({ type: 'token', id, name: shortly(`${name}, token of ${owner.name}`) });
const actorOfUser = ({ id, name }: User): Actor => ({ type: 'person', id, name: shortly(name) });

/** Notes the use of a token, once an hour. Best effort: nobody waits in vain for a note. */
const noteUse = async ({ records, clock }: AuthenticatorOptions, token: StoredToken): Promise<void> => {
  const hour = hourOf(clock.now());
  if (token.lastUsedAt === hour) return;
  await records.tokens.update(token.id, (now) => succeed({ ...now, lastUsedAt: hour })).catch(() => undefined);
};

/** Whether none of these tokens is gone or was revoked: whoever stole one must not keep what they made with it. */
const areGood = async ({ records }: AuthenticatorOptions, ids: readonly string[] = []): Promise<boolean> => {
  const tokens = await Promise.all(ids.map((id) => records.tokens.get(id)));
  return tokens.every((token) => token !== undefined && token.value.revokedAt === undefined);
};

const byToken = async (options: AuthenticatorOptions, id: string, bearer: string): Promise<Authentication> => {
  const { records, clock, admins } = options;
  const token = (await records.tokens.get(id))?.value;
  // one sentence for both: whether an id exists is nobody's business
  if (!token || !isTokenOf(bearer, token.hash)) return refused('This API token is not known here; make a new one.');
  const actor = actorOfToken(token);
  if (token.revokedAt !== undefined) return refused('This API token was revoked; make a new one.', actor);
  if (token.expiresAt <= clock.now()) return refused('This API token has expired; make a new one.', actor);
  if (!(await areGood(options, token.madeWith)))
    return refused('A token that this API token was made with was revoked, and this one with it; make a new one.', actor);
  const user = (await records.users.get(token.owner.id))?.value;
  if (!user) return refused('The owner of this API token is gone, and the token with them; make a new one.', actor);
  await noteUse(options, token);
  const { hash: _, madeWith: __, ...shown } = token;
  const holder = await readHolder(records, { user, groups: [], token: shown }, admins);
  return { ok: true, caller: { actor, personId: user.id, grants: permissionsOf(holder) } };
};

/** The user of an identity, made at the first sign-in. Name and roles are ours after that; a verified address follows the issuer. */
const upsert = async ({ records, clock }: AuthenticatorOptions, identity: Identity): Promise<User> => {
  const { issuer, subject, name, email } = identity;
  const id = userIdOf(issuer, subject);
  const now = clock.now();
  const there = (await records.users.get(id))?.value;
  if (there?.email === email && there?.lastSeenAt === hourOf(now)) return there;
  const seen = ({ email: _, ...user }: User): User => ({ ...user, ...(email === undefined ? {} : { email }), lastSeenAt: hourOf(now) });
  if (!there) {
    const assignments = { tenantRoles: [], projects: [] };
    const made = await records.users.create(seen({ id, issuer, subject, name, assignments, createdAt: now }));
    if (made.ok) return made.value.value;
    if (made.failure.code !== 'conflict') throw new Error('the user could not be stored');
  }
  // made in between by a request beside this one, or seen before
  const updated = await records.users.update(id, (user) => succeed(seen(user)));
  if (!updated.ok) throw new Error('the user could not be stored');
  return updated.value.value;
};

const bySignIn = async (options: AuthenticatorOptions, oidc: Oidc, bearer: string): Promise<Authentication> => {
  const { records, admins } = options;
  const answer = await oidc(bearer);
  if (!answer.ok) {
    const { say, expired } = answer;
    const known = expired && (await records.users.get(userIdOf(expired.issuer, expired.subject)))?.value;
    return refused(say, known && actorOfUser(known));
  }
  const user = await upsert(options, answer.identity);
  const holder = await readHolder(records, { user, groups: answer.identity.groups }, admins);
  return { ok: true, caller: { actor: actorOfUser(user), personId: user.id, grants: permissionsOf(holder) } };
};

/** Takes API tokens, and tokens of the identity providers that are set up. */
export const createAuthenticator = (options: AuthenticatorOptions): Authenticator => ({
  authenticate: async (bearer) => {
    const id = tokenIdOf(bearer);
    if (id !== undefined) return byToken(options, id, bearer);
    const job = await options.pipelines?.(bearer);
    if (job) return job.ok ? { ok: true, caller: job.value } : refused(job.failure.say);
    if (options.oidc) return bySignIn(options, options.oidc, bearer);
    return refused('This is no API token of Gatehouse; they begin with `ght_`. Other sign-ins are not set up here.');
  },
});
