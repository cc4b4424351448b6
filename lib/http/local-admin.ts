import { failed, type Result, succeed } from '../core/failure.ts';
import { addDays } from '../core/time.ts';
import type { User } from '../fleet/people.ts';
import { newToken } from '../fleet/token-text.ts';
import { localAdminSubject, localIssuer, userIdOf } from '../fleet/user-id.ts';
import type { Clock } from '../ports/clock.ts';
import type { Records } from '../records/index.ts';
import type { NamedAdmin } from './holder.ts';

/** The owner of a service on one machine, for `admins`. */
export const localAdmin: NamedAdmin = { issuer: localIssuer, subject: localAdminSubject };

const user = (createdAt: string): User => ({
  id: userIdOf(localIssuer, localAdminSubject),
  issuer: localIssuer,
  subject: localAdminSubject,
  name: 'Local administrator',
  assignments: { tenantRoles: ['tenant-admin'], projects: [] },
  createdAt,
});

/**
 * Makes the owner of a service on one machine and a token for them. Called at the first start, where the token is shown once, and to get in again after it was lost.
 * Answers the text of the token.
 */
export const makeLocalToken = async (records: Pick<Records, 'users' | 'tokens'>, clock: Clock): Promise<Result<string>> => {
  const now = clock.now();
  const owner = user(now);
  const made = await records.users.create(owner);
  if (!made.ok && made.failure.code !== 'conflict') return failed(made.failure.code, made.failure.say);
  const { id, text, hash } = newToken(clock);
  const { assignments, name } = owner;
  const actor = { type: 'person' as const, id: owner.id, name };
  const stored = await records.tokens.create({
    id,
    name: 'first token',
    owner: actor,
    assignments,
    createdAt: now,
    expiresAt: addDays(now, 365),
    hash,
  });
  return stored.ok ? succeed(text) : stored;
};
