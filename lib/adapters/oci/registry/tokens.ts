import { createHash } from 'node:crypto';
import { z } from 'zod';
import { failed, type Result, succeed } from '../../../core/failure.ts';
import { isHeaderSafe, type RegistryCredential } from '../credentials/auth-file.ts';
import { parseJson } from '../manifest.ts';
import type { Challenge } from './challenge.ts';
import { type Endpoint, isLoopbackHost } from './endpoints.ts';
import { faultFailure } from './refusal.ts';
import type { Ways } from './ways.ts';
import { type Patience, readBody, send } from './wire.ts';

const TokenAnswer = z.object({ token: z.string().nullish(), access_token: z.string().nullish(), expires_in: z.number().nullish() });

/** Who asks a token service, and for what. */
export interface TokenRequest {
  readonly endpoint: Endpoint;
  /** The address of the registry that named the service, as it was really reached. */
  readonly registry: URL;
  readonly challenge: Challenge;
  readonly credential: RegistryCredential | undefined;
  readonly signal: AbortSignal;
}

/** Bearer tokens, kept per service, scope and credential until shortly before they end. */
export interface Tokens {
  get(request: TokenRequest): Promise<Result<string>>;
  /** Forgets a token that was refused. */
  forget(token: string): void;
}

interface Kept {
  readonly token: string;
  readonly endsAt: number;
}
/** Tokens that are kept; the oldest goes first. */
const maxKept = 1_000;

export const createTokens = (ways: Ways, patience: Patience, userAgent: string): Tokens => {
  const kept = new Map<string, Kept>();
  const ask = async (request: TokenRequest, realm: URL, scope: string): Promise<Result<Kept>> => {
    const { endpoint, credential, registry, signal } = request;
    const who = `the token service ${realm.host} of the registry ${endpoint.host}`;
    const way = await ways.to(realm, isLoopbackHost(registry.hostname));
    const sent = await send({ ...way, ...formOf(realm, request, scope, userAgent), answerMs: patience.answerMs, signal });
    if (!sent.ok) return faultFailure(sent.fault, who);
    const status = sent.answer.statusCode ?? 0;
    const body = await readBody(sent.answer, 256 * 1024, patience.silenceMs);
    if (!body.ok) return faultFailure(body.fault, who);
    if (status >= 500 || status === 429)
      return failed(
        'cluster-overloaded',
        `Of the registry ${endpoint.host}, the token service ${realm.host} failed (${status}); try again later.`,
      );
    if (status >= 300) {
      const deed = credential
        ? 'refused the credential it was given; renew the pull secret or the auth file'
        : 'gives nothing to those who have not signed in; add a pull secret or an auth file';
      return failed('credential-refused', `Of the registry ${endpoint.host}, the token service ${realm.host} ${deed}.`);
    }
    const answer = TokenAnswer.safeParse(parseJson(body.bytes)).data;
    const token = answer?.token || answer?.access_token || '';
    if (!isHeaderSafe(token))
      return failed('answer-invalid', `Of the registry ${endpoint.host}, the token service ${realm.host} gave no token that can be used.`);
    // sixty seconds is what a service grants that does not say; some are spared for the way
    const seconds = Math.min(Math.max(answer?.expires_in ?? 60, 20), 86_400) - 10;
    return succeed({ token, endsAt: Date.now() + seconds * 1_000 });
  };
  return {
    get: async (request) => {
      const realm = realmOf(request);
      if (!realm.ok) return realm;
      const scope = scopeOf(request.challenge.parameters.scope, request.endpoint.repository);
      const key = keyOf(realm.value, request, scope);
      const found = kept.get(key);
      if (found && found.endsAt > Date.now()) return succeed(found.token);
      const asked = await ask(request, realm.value, scope);
      if (!asked.ok) return asked;
      kept.delete(key);
      kept.set(key, asked.value);
      for (const oldest of kept.keys()) if (kept.size > maxKept) kept.delete(oldest);
      return succeed(asked.value.token);
    },
    forget: (token) => {
      for (const [key, one] of kept) if (one.token === token) kept.delete(key);
    },
  };
};

/** Credentials are in the key by their hash only. */
const keyOf = (realm: URL, { challenge, credential }: TokenRequest, scope: string): string =>
  createHash('sha256')
    .update(JSON.stringify([realm.href, challenge.parameters.service, scope, credential]))
    .digest('hex');

/**
 * The address of the token service. A registry that speaks TLS may name any service that does, too. One of plain HTTP could be anybody on the way: its service must be TLS without a credential, or the same host.
 */
const realmOf = ({ challenge, endpoint, registry, credential }: TokenRequest): Result<URL> => {
  const realm = URL.parse(challenge.parameters.realm ?? '');
  const wrong = (why: string) => failed('answer-invalid', `The registry ${endpoint.host} names a token service that is not asked: ${why}.`);
  if (!realm || !/^https?:$/.test(realm.protocol)) return wrong('its address is none of the form https://…');
  if (realm.username !== '' || realm.password !== '') return wrong('its address holds a password');
  const isSameHost = realm.hostname === registry.hostname;
  if (registry.protocol === 'https:' && realm.protocol === 'http:')
    return wrong('it is plain HTTP, where anybody on the way can read the password');
  if (registry.protocol === 'http:' && credential && !isSameHost)
    return wrong('it is another host, and a registry of plain HTTP is not believed that passwords belong there');
  return succeed(realm);
};

/** What is asked for: to pull this repository, or the one that the registry calls it. Never more than pulling. */
const scopeOf = (offered: string | undefined, repository: string): string => {
  const named = /^repository(?:\([a-z]+\))?:([a-z0-9][a-z0-9._/:-]{0,254}):[a-z*,]+$/.exec(offered ?? '')?.[1];
  return `repository:${named ?? repository}:pull`;
};

const formOf = (realm: URL, { challenge, credential }: TokenRequest, scope: string, userAgent: string) => {
  const { service } = challenge.parameters;
  const headers = { accept: 'application/json', 'user-agent': userAgent };
  const wanted = new URLSearchParams({ ...(service !== undefined && { service }), scope });
  if (credential?.identityToken !== undefined) {
    for (const [name, value] of Object.entries({
      grant_type: 'refresh_token',
      client_id: 'gatehouse',
      refresh_token: credential.identityToken,
    }))
      wanted.set(name, value);
    const body = wanted.toString();
    const form = { 'content-type': 'application/x-www-form-urlencoded', 'content-length': String(Buffer.byteLength(body)) };
    return { method: 'POST', url: realm, headers: { ...headers, ...form }, body };
  }
  const url = new URL(realm);
  if (credential && credential.username !== '') wanted.set('account', credential.username);
  for (const [name, value] of wanted) url.searchParams.set(name, value);
  return { method: 'GET', url, headers: { ...headers, ...(credential && { authorization: basic(credential) }) } };
};

export const basic = ({ username, password }: RegistryCredential): string =>
  `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
