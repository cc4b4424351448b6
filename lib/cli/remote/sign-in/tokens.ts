import { decodeJwt, type JWTPayload } from 'jose';
import { z } from 'zod';
import { failed, type Result, succeed } from '../../../core/failure.ts';
import { addMinutes, timeOf, writeTime } from '../../../core/time.ts';
import type { StoredCredential } from '../credential-file.ts';
import type { Issuer } from './issuer.ts';

/** What a token endpoint answers. */
export const Tokens = z.object({
  id_token: z.string().min(1).optional(),
  access_token: z.string().min(1).optional(),
  refresh_token: z.string().min(1).optional(),
  expires_in: z.coerce.number().positive().optional(),
});
export type Tokens = z.infer<typeof Tokens>;

const claimsOf = (token: string): JWTPayload | undefined => {
  try {
    return decodeJwt(token);
  } catch {
    return undefined;
  }
};

/**
 * Whether an ID token answers what we asked (OpenID Connect Core, 3.1.3.7). It came straight from the issuer over TLS, so its signature says nothing more to us; the service
 * verifies it on every call. `nonce`: ours, where one was sent.
 */
export const checkIdToken = (
  { id_token: token }: Tokens,
  { issuer, clientId }: Pick<Issuer, 'issuer' | 'clientId'>,
  nonce?: string,
): Result<void> => {
  if (token === undefined) return succeed(undefined);
  const claims = claimsOf(token);
  const isOurs = claims?.iss === issuer && [claims.aud].flat().includes(clientId) && (nonce === undefined || claims.nonce === nonce);
  return isOurs
    ? succeed(undefined)
    : failed('credential-refused', `The identity provider ${issuer} answered with a token that is not for this sign-in; sign in again.`);
};

/** The end of a token: as it says itself, else as the issuer said. */
const endOf = (token: string, { expires_in: seconds }: Tokens, now: string): string => {
  const { exp } = claimsOf(token) ?? {};
  return typeof exp === 'number'
    ? writeTime(1000 * exp)
    : seconds === undefined
      ? addMinutes(now, 5)
      : writeTime(timeOf(now) + 1000 * seconds);
};

/** What is kept of a sign-in, for each of the issuer's tokens that the service could take: ID token first, since it names our client. Access tokens that are no JWT are for others. */
export const candidatesOf = (
  tokens: Tokens,
  { issuer, clientId }: Pick<Issuer, 'issuer' | 'clientId'>,
  now: string,
): readonly StoredCredential[] =>
  (['id_token', 'access_token'] as const).flatMap((use) => {
    const token = tokens[use];
    if (token === undefined || !claimsOf(token)) return [];
    const renewal = tokens.refresh_token === undefined ? {} : { renewal: { issuer, clientId, refreshToken: tokens.refresh_token, use } };
    return [{ token, expiresAt: endOf(token, tokens, now), ...renewal }];
  });
