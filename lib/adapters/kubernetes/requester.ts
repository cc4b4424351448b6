import type http from 'node:http';
import { type Failure, failed } from '../../core/failure.ts';
import type { Query } from '../../ports/cluster-access.ts';
import { refusalOf } from './answer.ts';
import type { Connection, Credential } from './connection.ts';
import { failureOf } from './fault.ts';
import { pacer, pause } from './pace.ts';
import { withQuery } from './query.ts';
import { routeOf } from './route.ts';
import { directAgent, type Exchange, exchange, type WireAnswer } from './transport.ts';
import { systemAuthorities } from './trust.ts';

/** Limits and manners of a client. */
export interface RequesterOptions {
  /** Milliseconds for one request with its answer; default 30 000. */
  readonly timeoutMs?: number;
  /** Requests in all, retries included, before the client refuses to send more; default 20 000. */
  readonly maxRequests?: number;
  /** Requests per second over time; default 50. */
  readonly perSecond?: number;
  /** Requests that may be sent at once before `perSecond` holds; default 100. */
  readonly burst?: number;
  /** Connections at a time; default 8. */
  readonly connections?: number;
  /** Tries of a read, the first included; default 5. */
  readonly tries?: number;
  /** Milliseconds before the second try; doubled for each further one, with jitter; default 200. */
  readonly backoffMs?: number;
  /** Bytes of one answer; default 128 MiB. */
  readonly maxBytes?: number;
  /** Version sent in the user agent. */
  readonly version?: string;
  /** Ends everything under way and refuses what follows. */
  readonly signal?: AbortSignal;
}

export interface ApiRequest {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly path: string;
  readonly query?: Query | undefined;
  readonly accept?: string | undefined;
  readonly body?: unknown;
}

/** An answer below 400, or the failure. `gone` marks an expired continue token (410), which is no failure of a list. */
export type ApiAnswer =
  | { readonly ok: true; readonly answer: WireAnswer }
  | { readonly ok: false; readonly failure: Failure; readonly gone?: true };

/** Sends requests to the API server: paced, within the budget, retried where that is safe. */
export interface Requester {
  send(request: ApiRequest): Promise<ApiAnswer>;
  readonly requests: number;
  close(): void;
}

/** Longest wait that a Retry-After header can ask for, in milliseconds. */
const longestWait = 30_000;

export const createRequester = (connection: Connection, options: RequesterOptions, proxyAgent?: http.Agent): Requester => {
  const { timeoutMs = 30_000, maxRequests = 20_000, perSecond = 50, burst = 100, connections = 8, tries = 5, backoffMs = 200 } = options;
  const { maxBytes = 128 * 2 ** 20, signal } = options;
  const server = connection.server.origin;
  const prefix = connection.server.pathname.replace(/\/$/, '');
  const turn = pacer(perSecond, burst);
  const agent = proxyAgent ?? directAgent(connection.server.protocol, connections);
  const ca = connection.trust.ca ?? (connection.trust.skipVerification ? undefined : systemAuthorities());
  let requests = 0;

  const once = (request: ApiRequest, credential: Credential): Promise<Exchange> => {
    requests += 1;
    const { serverName, skipVerification } = connection.trust;
    return exchange({
      method: request.method,
      url: new URL(`${prefix}${withQuery(request.path, request.query)}`, connection.server),
      headers: {
        accept: request.accept ?? 'application/json',
        'user-agent': `gatehouse/${options.version ?? '0'}`,
        ...(request.body !== undefined && { 'content-type': 'application/json' }),
        ...(credential.authorization !== undefined && { authorization: credential.authorization }),
        ...connection.impersonation,
      },
      ...(request.body !== undefined && { body: JSON.stringify(request.body) }),
      agent,
      ...(credential.certificate && { certificate: credential.certificate }),
      ...(ca !== undefined && { ca }),
      verify: !skipVerification,
      ...(serverName !== undefined && { serverName }),
      timeoutMs,
      maxBytes,
      ...(signal && { signal }),
    });
  };

  const send = async (request: ApiRequest): Promise<ApiAnswer> => {
    const route = routeOf(request.method, request.path);
    let credential = await connection.credentials.current();
    let renewed = false;
    for (let attempt = 1; ; attempt += 1) {
      if (!credential.ok) return credential;
      if (requests >= maxRequests) return overBudget(maxRequests);
      if (!(await turn(signal))) return failureOf({ kind: 'cancelled', detail: '' }, 'the API server', server);
      const outcome = await once(request, credential.value);
      if (outcome.ok && outcome.answer.status < 300 && outcome.answer.status >= 200) return { ok: true, answer: outcome.answer };
      if (outcome.ok && outcome.answer.status === 401 && connection.credentials.renew && !renewed) {
        renewed = true;
        credential = await connection.credentials.renew();
        continue;
      }
      const wait = attempt < tries ? waitBeforeRetry(request, outcome, backoffMs * 2 ** (attempt - 1)) : undefined;
      if (wait === undefined) {
        if (!outcome.ok) return failureOf(outcome.fault, 'the API server', server);
        const refusal = refusalOf(outcome.answer, request.method, route, server, connection.credentials.kind);
        return outcome.answer.status === 410 ? { ...refusal, gone: true } : refusal;
      }
      if (!(await pause(wait, signal))) return failureOf({ kind: 'cancelled', detail: '' }, 'the API server', server);
    }
  };

  return {
    send,
    get requests() {
      return requests;
    },
    close: () => agent.destroy(),
  };
};

const overBudget = (maxRequests: number): ApiAnswer =>
  failed('cluster-overloaded', `The scan would need more than the ${maxRequests} API requests it may send; raise the limit or scan less.`);

/**
 * Milliseconds to wait before the same request is sent again, or `undefined` when it must not be. 429 means that nothing was done, so it is safe for writes
 * too; everything else is repeated for reads only. Time-outs are not: a server that hangs would be waited for again and again.
 */
const waitBeforeRetry = (request: ApiRequest, outcome: Exchange, backoff: number): number | undefined => {
  const withJitter = backoff * (0.5 + Math.random() / 2);
  if (outcome.ok && outcome.answer.status === 429) {
    const asked = Number(outcome.answer.headers['retry-after']);
    return Number.isFinite(asked) && asked > 0 ? Math.min(asked * 1_000, longestWait) : withJitter;
  }
  if (request.method !== 'GET') return undefined;
  const isPassing = outcome.ok
    ? [500, 502, 503, 504].includes(outcome.answer.status)
    : outcome.fault.kind === 'cut' || outcome.fault.kind === 'cut-short';
  return isPassing ? withJitter : undefined;
};
