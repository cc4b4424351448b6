import { createRemoteJWKSet, customFetch, type JWTVerifyGetKey } from 'jose';
import { z } from 'zod';
import { timeOf } from '../core/time.ts';
import type { Clock } from '../ports/clock.ts';

const Discovery = z.object({ issuer: z.string(), jwks_uri: z.url() });
const patience = 5000;
/** After a failure the issuer is left alone for so long, however many tokens come in. */
const pause = 5000;

const isLoopback = ({ hostname }: URL): boolean => ['127.0.0.1', '[::1]', 'localhost'].includes(hostname);
/** Keys that came over an open wire prove nothing. */
const secure = (address: string): URL => {
  const url = new URL(address);
  if (url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url))) return url;
  throw new Error('the address of an issuer must begin with https://');
};

/** The part of `fetch` that is needed. */
export type FetchDocument = (
  address: string | URL,
  options: { readonly signal?: AbortSignal | null; readonly redirect?: 'error' },
) => Promise<Response>;

const discover = async (issuer: string, fetchDocument: FetchDocument): Promise<JWTVerifyGetKey> => {
  const place = secure(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`);
  const response = await fetchDocument(place, { signal: AbortSignal.timeout(patience), redirect: 'error' });
  if (!response.ok) throw new Error(`the issuer answered ${response.status}`);
  const found = Discovery.parse(await response.json());
  if (found.issuer !== issuer) throw new Error('the issuer calls itself something else');
  return createRemoteJWKSet(secure(found.jwks_uri), {
    timeoutDuration: patience,
    ...(fetchDocument === fetch ? {} : { [customFetch]: (url, { signal }) => fetchDocument(url, { signal }) }),
  });
};

/**
 * Keys of issuers, found by OpenID Connect discovery and kept. Rotated keys are fetched when a token names one that is not known. `fetchDocument`: in place of the global `fetch`, where issuers are named by others
 * than who runs Gatehouse.
 */
export const remoteKeys = (clock: Clock, fetchDocument: FetchDocument = fetch): ((issuer: string) => JWTVerifyGetKey) => {
  const known = new Map<string, { readonly keys: Promise<JWTVerifyGetKey>; failedAt?: number }>();
  const keysOf = (issuer: string): Promise<JWTVerifyGetKey> => {
    const there = known.get(issuer);
    const now = timeOf(clock.now());
    if (there && (there.failedAt === undefined || now - there.failedAt < pause)) return there.keys;
    const entry: { keys: Promise<JWTVerifyGetKey>; failedAt?: number } = { keys: discover(issuer, fetchDocument) };
    entry.keys.catch(() => {
      entry.failedAt = timeOf(clock.now());
    });
    known.set(issuer, entry);
    return entry.keys;
  };
  return (issuer) => async (header, token) => (await keysOf(issuer))(header, token);
};
