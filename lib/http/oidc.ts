import { decodeJwt, errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose';
import { toDate } from '../core/time.ts';
import type { Clock } from '../ports/clock.ts';

/** An identity provider that people may sign in with. Taken from configuration, never from a token. */
export interface TrustedIssuer {
  /** Exactly as `iss` of its tokens. */
  readonly issuer: string;
  /** What `aud` must hold: our own client id or API identifier. */
  readonly audience: string | readonly string[];
  /** Claim that lists groups; default `groups`, `false` where the groups of this issuer mean nothing here. All issuers share one space of group names. */
  readonly groupsClaim?: string | false;
}

export interface OidcOptions {
  readonly issuers: readonly TrustedIssuer[];
  /** Public keys of an issuer. */
  keysOf(issuer: string): JWTVerifyGetKey;
  readonly clock: Clock;
  /** Seconds that a token may be old, whatever it says itself; default 24 hours. */
  readonly maxAgeSeconds?: number;
}

export interface Identity {
  readonly issuer: string;
  readonly subject: string;
  readonly name: string;
  /** Only when the issuer vouches for it. */
  readonly email?: string;
  readonly groups: readonly string[];
}
/** `expired`: whose token it was; its signature is good. */
export type SignInAnswer =
  | { readonly ok: true; readonly identity: Identity }
  | { readonly ok: false; readonly say: string; readonly expired?: { readonly issuer: string; readonly subject: string } };
export type Oidc = (token: string) => Promise<SignInAnswer>;

/** Only signatures of key pairs: a public key used as an HMAC secret, or `none`, proves nothing. */
const algorithms = ['RS256', 'PS256', 'ES256', 'EdDSA'];

const notTaken =
  'This token is not taken: it must come from an issuer that is set up here, be made for this service and be signed properly. Sign in again.';
const refused = (say: string = notTaken): SignInAnswer => ({ ok: false, say });

/** People choose their names themselves, and others read them in terminals and reports. */
const plain = (value: string): string => value.replaceAll(/[\p{C}\p{Zl}\p{Zp}]+/gu, ' ').trim();
const text = (value: unknown, most: number): string | undefined =>
  typeof value === 'string' && plain(value) !== '' ? plain(value).slice(0, most) : undefined;

/** An address as it is, or none: one that is mended could become somebody else's. */
const address = (value: unknown): string | undefined =>
  typeof value === 'string' && value.length <= 254 && /^[^\p{C}\p{Z}]+$/u.test(value) ? value : undefined;

const groupsIn = (claim: unknown): readonly string[] =>
  (Array.isArray(claim) ? claim : typeof claim === 'string' ? [claim] : [])
    .filter((group) => typeof group === 'string' && group.length <= 256)
    .slice(0, 1000);

const identityIn = (payload: JWTPayload, { issuer, groupsClaim = 'groups' }: TrustedIssuer): Identity | undefined => {
  const subject = typeof payload.sub === 'string' && payload.sub.length <= 256 ? payload.sub : '';
  // a logout token is signed alike and names a person, but says the opposite
  if (subject === '' || payload.events !== undefined) return undefined;
  const email = payload.email_verified === true ? address(payload.email) : undefined;
  const name = text(payload.name, 200) ?? text(payload.preferred_username, 200) ?? email ?? text(subject, 200) ?? 'unnamed';
  return {
    issuer,
    subject,
    name,
    ...(email === undefined ? {} : { email }),
    groups: groupsClaim === false ? [] : groupsIn(payload[groupsClaim]),
  };
};

const issuerIn = (token: string): unknown => {
  try {
    return decodeJwt(token).iss;
  } catch {
    return undefined;
  }
};

const refusalFor = (error: unknown, { issuer }: TrustedIssuer): SignInAnswer => {
  if (error instanceof errors.JWTExpired) {
    const { sub } = error.payload;
    const expired = typeof sub === 'string' && sub !== '' ? { issuer, subject: sub } : undefined;
    return { ok: false, say: 'The sign-in has expired; sign in again.', ...(expired ? { expired } : {}) };
  }
  const isJudgement = error instanceof errors.JOSEError && !(error instanceof errors.JWKSTimeout);
  return refused(isJudgement ? notTaken : 'The keys of the identity provider cannot be read at the moment; try again in a minute.');
};

/** Verifies ID tokens and access tokens of the issuers that are set up. */
export const createOidc =
  ({ issuers, keysOf, clock, maxAgeSeconds = 24 * 3600 }: OidcOptions): Oidc =>
  async (token) => {
    const named = issuerIn(token);
    const trusted = issuers.find(({ issuer }) => issuer === named);
    if (!trusted) return refused();
    try {
      const { payload } = await jwtVerify(token, keysOf(trusted.issuer), {
        issuer: trusted.issuer,
        audience: [trusted.audience].flat(),
        algorithms,
        requiredClaims: ['sub', 'exp'],
        maxTokenAge: maxAgeSeconds,
        clockTolerance: 30,
        currentDate: toDate(clock.now()),
      });
      const identity = identityIn(payload, trusted);
      return identity ? { ok: true, identity } : refused();
    } catch (error) {
      return refusalFor(error, trusted);
    }
  };
