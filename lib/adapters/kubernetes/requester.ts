import { type Failure, failed } from '../../core/failure.ts';
import type { Query } from '../../ports/cluster-access.ts';
import type { AddressGuard } from '../network/address-guard.ts';
import { refusalOf } from './answer.ts';
import type { Connection, Credential } from './connection.ts';
import { failureOf } from './fault.ts';
import { tokenExpiry } from './kubeconfig/token.ts';
import { limiter } from './limit.ts';
import { pacer, pause } from './pace.ts';
import type { ProxyRoute } from './proxy.ts';
import { withQuery } from './query.ts';
import { routeOf } from './route.ts';
import { directAgent, type Exchange, exchange, expectName, socketHost, type WireAnswer } from './transport.ts';
import { authoritiesFor } from './trust.ts';

/** Limits and manners of a client. */
export interface RequesterOptions {
  /** Milliseconds for one request with its answer; default 30 000. */
  readonly timeoutMs?: number | undefined;
  /** Milliseconds until a connection stands; default 10 000. */
  readonly connectTimeoutMs?: number | undefined;
  /** Requests in all, retries included, before the client refuses to send more; default 20 000. */
  readonly maxRequests?: number | undefined;
  /** Requests per second over time; default 50. */
  readonly perSecond?: number | undefined;
  /** Requests that may be sent at once before `perSecond` holds; default 100. */
  readonly burst?: number | undefined;
  /** Connections at a time; default 8. */
  readonly connections?: number | undefined;
  /** Tries of a read, the first included; default 5. */
  readonly tries?: number | undefined;
  /** Milliseconds before the second try; doubled for each further one, with jitter; default 200. */
  readonly backoffMs?: number | undefined;
  /** Bytes of one answer; default 128 MiB. */
  readonly maxBytes?: number | undefined;
  /** Version of Gatehouse, for the user agent. */
  readonly version?: string | undefined;
  /** Where connections may go, for clusters that somebody else named: then no proxy is used either. Anywhere without one. */
  readonly guard?: AddressGuard | undefined;
  /** Ends everything under way and refuses what follows. */
  readonly signal?: AbortSignal | undefined;
}

export interface ApiRequest {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly path: string;
  readonly query?: Query | undefined;
  readonly accept?: string | undefined;
  /** Statuses other than 2xx that count as answers. */
  readonly answers?: readonly number[] | undefined;
  readonly body?: unknown;
}

/** An answer with status 2xx or one that the request names, or the failure. `gone` marks status 410: for a list, the state it was reading is no longer kept. */
export type ApiAnswer =
  | { readonly ok: true; readonly answer: WireAnswer }
  | { readonly ok: false; readonly failure: Failure; readonly gone?: boolean };

/** Sends requests to the API server: paced, within the budget, retried where that is safe. */
export interface Requester {
  send(request: ApiRequest): Promise<ApiAnswer>;
  readonly requests: number;
  close(): void;
}

/** Longest wait that a Retry-After header can ask for, in milliseconds. */
const longestWait = 30_000;

export const createRequester = (connection: Connection, options: RequesterOptions, through?: ProxyRoute): Requester => {
  const { timeoutMs = 30_000, connectTimeoutMs = 10_000, maxRequests = 20_000, perSecond = 50, burst = 100, connections = 8 } = options;
  const { tries = 5, backoffMs = 200, maxBytes = 128 * 2 ** 20, guard, signal } = options;
  const { server, trust, credentials } = connection;
  const agent = through?.agent ?? directAgent(server.protocol, connections, { guard });
  expectName(agent, trust.serverName ?? socketHost(server));
  const prefix = server.pathname.replace(/\/$/, '');
  const inTurn = limiter(connections);
  const pace = pacer(perSecond, burst);
  let requests = 0;

  const sendOnce = (request: ApiRequest, credential: Credential): Promise<Exchange> => {
    requests += 1;
    return inTurn(() =>
      exchange({
        method: request.method,
        url: new URL(withQuery(`${prefix}${request.path}`, request.query), server),
        headers: {
          accept: request.accept ?? 'application/json',
          'user-agent': `gatehouse/${options.version ?? '0'}`,
          ...(request.body !== undefined && { 'content-type': 'application/json' }),
          ...(credential.authorization !== undefined && { authorization: credential.authorization }),
          ...connection.impersonation,
        },
        ...(request.body !== undefined && { body: JSON.stringify(request.body) }),
        agent,
        proxy: through?.shown,
        certificate: credential.certificate,
        ca: authoritiesFor(connection),
        verify: !trust.skipVerification,
        serverName: trust.serverName,
        timeoutMs,
        connectTimeoutMs,
        maxBytes,
        signal,
      }),
    );
  };

  const cancelled = () => failureOf({ kind: 'cancelled', detail: '' }, 'the API server', server.origin);

  const send = async (request: ApiRequest): Promise<ApiAnswer> => {
    let credential = await credentials.current();
    let mayRenew = credentials.renew !== undefined;
    for (let attempt = 1; ; attempt += 1) {
      if (!credential.ok) return credential;
      if (!(await pace(signal))) return cancelled();
      if (requests >= maxRequests) return overBudget(maxRequests);
      const outcome = await sendOnce(request, credential.value);
      if (outcome.ok && isAnswer(request, outcome.answer.status)) return outcome;
      if (outcome.ok && outcome.answer.status === 401 && mayRenew && credentials.renew) {
        mayRenew = false;
        credential = await credentials.renew(credential.value);
        continue;
      }
      const wait = attempt < tries ? waitBeforeRetry(request, outcome, backoffMs * 2 ** (attempt - 1)) : undefined;
      if (wait === undefined) return refuse(request, outcome, credential.value);
      if (!(await pause(wait, signal))) return cancelled();
    }
  };

  const refuse = (request: ApiRequest, outcome: Exchange, credential: Credential): ApiAnswer => {
    if (!outcome.ok) return failureOf(outcome.fault, 'the API server', server.origin);
    const expired = tokenExpiry(credential.authorization);
    const shown =
      expired !== undefined && Date.parse(expired) < Date.now() ? `${credentials.kind}, which expired on ${expired}` : credentials.kind;
    const refusal = refusalOf(outcome.answer, {
      method: request.method,
      route: routeOf(request.method, request.path),
      server: server.origin,
      credential: shown,
    });
    return { ...refusal, gone: outcome.answer.status === 410 };
  };

  return {
    send,
    get requests() {
      return requests;
    },
    close: () => agent.destroy(),
  };
};

const isAnswer = ({ answers }: ApiRequest, status: number): boolean =>
  (status >= 200 && status < 300) || (answers?.includes(status) ?? false);

const overBudget = (maxRequests: number): ApiAnswer =>
  failed(
    'cluster-overloaded',
    `Gatehouse has sent the ${maxRequests} API requests it may send to this cluster; raise the limit or scan less.`,
  );

/**
 * Milliseconds to wait before the same request is sent again, or `undefined` when it must not be. 429 means that nothing was done, so it is safe for writes
 * too; everything else is repeated for reads only. Time-outs are not: a server that hangs would be waited for again and again.
 */
const waitBeforeRetry = (request: ApiRequest, outcome: Exchange, backoff: number): number | undefined => {
  const isPassing = outcome.ok
    ? [500, 502, 503, 504].includes(outcome.answer.status)
    : outcome.fault.kind === 'cut' || outcome.fault.kind === 'cut-short';
  const mayRepeat = (outcome.ok && outcome.answer.status === 429) || (request.method === 'GET' && isPassing);
  if (!mayRepeat) return undefined;
  const asked = outcome.ok ? Number(outcome.answer.headers['retry-after']) : Number.NaN;
  return asked > 0 ? Math.min(asked * 1_000, longestWait) : backoff * (0.5 + Math.random() / 2);
};
