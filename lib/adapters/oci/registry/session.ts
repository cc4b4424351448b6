import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { failed, type Result, succeed } from '../../../core/failure.ts';
import type { Fault } from '../../kubernetes/fault.ts';
import type { RegistryCredential } from '../credentials/auth-file.ts';
import { type Challenge, parseChallenges } from './challenge.ts';
import type { Endpoint } from './endpoints.ts';
import { type Asked, type Failed, faultFailure, refusalOf } from './refusal.ts';
import { pauseAfter } from './retry.ts';
import { basic, type Tokens } from './tokens.ts';
import type { Ways } from './ways.ts';
import { type Patience, readBody, send } from './wire.ts';

/** What sessions share. */
export interface SessionTools {
  readonly ways: Ways;
  readonly tokens: Tokens;
  readonly patience: Patience;
  readonly userAgent: string;
  /** The address with the scheme that is really spoken there. */
  reach(endpoint: Endpoint, signal: AbortSignal): Promise<URL>;
}

export interface SessionRequest {
  /** Below the API's root: `v2/library/nginx/manifests/1.27`. */
  readonly path: string;
  readonly kind: Asked['kind'];
  readonly what: string;
  readonly accept?: string;
  /** First byte that is wanted. */
  readonly from?: number;
  readonly signal: AbortSignal;
}

/** One user (or nobody) at one registry. */
export interface Session {
  readonly endpoint: Endpoint;
  /** An answer of status 200 or 206 with its body unread, or the reason there is none. Signs in, follows redirects, waits where it is asked to. */
  get(request: SessionRequest): Promise<Result<IncomingMessage>>;
}

type Outcome =
  | { readonly is: 'answer'; readonly answer: IncomingMessage }
  | {
      readonly is: 'refusal';
      readonly status: number;
      readonly headers: IncomingHttpHeaders;
      readonly body: Uint8Array;
      readonly isHome: boolean;
    }
  | { readonly is: 'fault'; readonly fault: Fault; readonly who: string }
  | { readonly is: 'failure'; readonly failure: Failed };

const maxRedirects = 5;

export const createSession = (
  endpoint: Endpoint,
  credential: RegistryCredential | undefined,
  hint: string,
  tools: SessionTools,
): Session => {
  const { ways, tokens, patience, userAgent, reach } = tools;
  const who = `the registry ${endpoint.host}`;
  let authorization: string | undefined;

  /** One request and its redirects. What signs in at the registry goes to the registry alone, and not any more after a way round. */
  const follow = async (start: URL, request: SessionRequest): Promise<Outcome> => {
    let url = start;
    let isHome = true;
    for (let hop = 0; hop <= maxRedirects; hop += 1) {
      isHome &&= url.origin === start.origin;
      const whom = isHome ? who : `${url.host}, where ${who} keeps its layers,`;
      const headers = {
        'user-agent': userAgent,
        'accept-encoding': 'identity',
        ...(request.accept !== undefined && { accept: request.accept }),
        ...(request.from && { range: `bytes=${request.from}-` }),
        ...(isHome && authorization !== undefined && { authorization }),
      };
      const way = await ways.to(url, endpoint.isLoopback);
      const sent = await send({ ...way, method: 'GET', url, headers, answerMs: patience.answerMs, signal: request.signal });
      if (!sent.ok) return { is: 'fault', fault: sent.fault, who: whom };
      const status = sent.answer.statusCode ?? 0;
      if (status === 200 || status === 206) return { is: 'answer', answer: sent.answer };
      const body = await readBody(sent.answer, 64 * 1024, patience.silenceMs);
      const { location } = sent.answer.headers;
      if (![301, 302, 303, 307, 308].includes(status) || location === undefined) {
        return { is: 'refusal', status, headers: sent.answer.headers, body: body.ok ? body.bytes : new Uint8Array(), isHome };
      }
      const next = URL.parse(location, url.href);
      const why = next ? whyNotThere(url, next) : 'no address';
      if (!next || why !== undefined)
        return {
          is: 'failure',
          failure: failed('answer-invalid', `${capital(who)} sends requests to ${why}, which is not followed; check its configuration.`),
        };
      url = next;
    }
    return { is: 'failure', failure: failed('answer-invalid', `${capital(who)} sends requests in circles; check its configuration.`) };
  };

  const authorize = async (challenges: readonly Challenge[], registry: URL, signal: AbortSignal): Promise<Result<string | undefined>> => {
    const bearer = challenges.find(({ scheme }) => scheme === 'bearer');
    if (bearer && credential?.registryToken !== undefined) return succeed(`Bearer ${credential.registryToken}`);
    if (bearer) {
      const token = await tokens.get({ endpoint, registry, challenge: bearer, credential, signal });
      return token.ok ? succeed(`Bearer ${token.value}`) : token;
    }
    if (challenges.some(({ scheme }) => scheme === 'basic'))
      return succeed(credential && credential.username !== '' ? basic(credential) : undefined);
    return failed(
      'credential-refused',
      `${capital(who)} wants a way of signing in that Gatehouse does not know; it knows passwords and tokens.`,
    );
  };

  const once = async (request: SessionRequest): Promise<Outcome> => {
    const start = new URL(request.path, await reach(endpoint, request.signal));
    const used = authorization;
    const first = await follow(start, request);
    if (first.is !== 'refusal' || first.status !== 401 || !first.isHome) return first;
    // it may just have grown old
    if (used?.startsWith('Bearer ')) tokens.forget(used.slice(7));
    const allowed = await authorize(parseChallenges(first.headers['www-authenticate'] ?? ''), start, request.signal);
    if (!allowed.ok) return { is: 'failure', failure: withHint(allowed, hint) };
    if (allowed.value === undefined || allowed.value === used) return first;
    authorization = allowed.value;
    return follow(start, request);
  };

  return {
    endpoint,
    get: async (request) => {
      let waited = 0;
      for (let attempt = 0; ; attempt += 1) {
        const outcome = await once(request);
        if (outcome.is === 'answer') return succeed(outcome.answer);
        if (outcome.is === 'failure') return outcome.failure;
        const pause = pauseAfter(outcome.is === 'fault' ? outcome.fault.kind : outcome, attempt, waited, patience);
        if (pause === undefined || !(await slept(pause, request.signal))) {
          if (request.signal.aborted) return faultFailure({ kind: 'cancelled', detail: '' }, who);
          if (outcome.is === 'fault') return faultFailure(outcome.fault, outcome.who);
          return refusalOf(outcome.status, outcome.body, { ...request, host: endpoint.host, isSignedIn: credential !== undefined, hint });
        }
        waited += pause;
      }
    },
  };
};

const withHint = ({ failure }: Failed, hint: string): Failed =>
  failure.code === 'credential-refused' ? { ok: false, failure: { ...failure, say: `${failure.say}${hint}` } } : { ok: false, failure };

/** Whether the time has passed; not when everything was cancelled meanwhile. */
const slept = (ms: number, signal: AbortSignal): Promise<boolean> => sleep(ms, true, { signal }).catch(() => false);

/** Why a redirect is not followed, completing "sends requests to …". */
const whyNotThere = (from: URL, to: URL): string | undefined => {
  if (!/^https?:$/.test(to.protocol)) return 'an address that is not HTTP';
  if (from.protocol === 'https:' && to.protocol === 'http:') return `${to.host} by plain HTTP`;
  return to.username !== '' || to.password !== '' ? 'an address with a password in it' : undefined;
};

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
