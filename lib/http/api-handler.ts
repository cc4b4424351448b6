import middy from '@middy/core';
import headerNormalizer from '@middy/http-header-normalizer';
import jsonBodyParser from '@middy/http-json-body-parser';
import router from '@middy/http-router';
import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';
import { allRoutes, type RouteId } from '../api/index.ts';
import type { Route } from '../api/route.ts';
import { succeed } from '../core/failure.ts';
import type { Clock } from '../ports/clock.ts';
import type { RecordStore } from '../ports/record-store.ts';
import type { Records } from '../records/index.ts';
import type { Call, Handler, Handlers } from '../service/handler.ts';
import type { HookService } from '../service/hooks/index.ts';
import { type Authenticator, authenticate, authorise, nobody } from './access.ts';
import { type Answer, answerOf } from './answers.ts';
import { audit } from './audit.ts';
import { decodeBody, examineBody, reviveJson } from './body.ts';
import { type ApiEvent, beginExchange, type Exchange, exchangeOf, type Part } from './exchange.ts';
import { frame } from './frame.ts';
import { hooksPrefix } from './hook-paths.ts';
import type { HookDependencies } from './hooks.ts';
import { idempotency } from './idempotency.ts';
import { conflictOf, etagOf, readIfMatch } from './if-match.ts';
import type { Log } from './log.ts';
import { methodsAt, noSuchPath, pathOf } from './paths.ts';
import { createRateLimit, type Rate } from './rate-limit.ts';
import { Refusal } from './refusal.ts';
import { validate } from './validate.ts';

export interface Limits {
  /** Bytes of a body at most. */
  readonly bodyBytes: number;
  /** Requests of one person, token or pipeline. */
  readonly principal: Rate;
  /** Requests of one address that are public, or whose credential is refused. */
  readonly address: Rate;
}
export const usualLimits: Limits = {
  bodyBytes: 1_048_576,
  principal: { burst: 200, perSecond: 50 },
  address: { burst: 60, perSecond: 5 },
};

export interface ApiDependencies {
  /** All operations but `service.openapi`, which is answered here. */
  readonly handlers: Omit<Handlers, 'service.openapi'>;
  readonly records: Pick<Records, 'audit'>;
  readonly shortLived: RecordStore;
  readonly clock: Clock;
  readonly version: string;
  readonly authenticator: Authenticator;
  /** What release systems ask by their own protocols; without it there are no hooks. */
  readonly hooks?: HookService;
  readonly log: Log;
  readonly limits?: Partial<Limits>;
}
/** A Lambda handler for API Gateway HTTP APIs (payload version 2). On one machine the server calls it the same way. */
export type ApiHandler = (event: APIGatewayProxyEventV2, context?: Partial<Context>) => Promise<Answer>;

const begin = (id: RouteId, route: Route): Part => ({
  before: ({ event }) => {
    const { requestId, http } = event.requestContext;
    const { projectId } = event.pathParameters ?? {};
    beginExchange(event, { id, route, requestId, address: http.sourceIp ?? '', path: http.path, projectId, rawBody: '' });
  },
});

const callOf = (exchange: Exchange): Call<RouteId> => {
  const { params, query, body, caller = nobody, ifMatch, requestId } = exchange;
  return { params, query, body, caller, requestId, ...(ifMatch === undefined ? {} : { ifMatch }) } as Call<RouteId>;
};

/** Calls the handler of a route. Its answer passes the schema of the route, so that nothing leaves that the contract does not name. */
const perform = async (exchange: Exchange, handlers: Handlers, log: Log): Promise<Answer> => {
  const { id, route, schemas } = exchange;
  const call = callOf(exchange);
  const done = await (handlers[id] as Handler<RouteId>)(call as never);
  if (!done.ok) throw await conflictOf(exchange, call, done.failure, handlers);
  const { body, revision, location, target, status, retryAfter } = done.value;
  if (target !== undefined) exchange.target = target;
  const fitting = schemas?.answer?.safeParse(body);
  if (fitting && !fitting.success) {
    log('error', 'ANSWER_UNFIT', {
      route: id,
      requestId: exchange.requestId,
      at: fitting.error.issues[0]?.path.map(String).join('.') ?? '',
    });
    throw new Error('an answer does not fit its schema');
  }
  if (status !== undefined && !route.otherStatuses.includes(status)) throw new Error(`the route ${id} does not answer ${status}`);
  return answerOf(status ?? route.status, fitting && JSON.stringify(fitting.data), {
    ...(route.versioned && revision !== undefined ? { etag: etagOf(revision) } : {}),
    ...(location === undefined ? {} : { location }),
    ...(retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) }),
  });
};

const unrouted = ({ method, path }: { readonly method: string; readonly path: string }): Answer => {
  const allowed = methodsAt(path);
  if (allowed.length === 0) throw noSuchPath();
  const headers = { allow: allowed.join(', ') };
  if (method === 'OPTIONS') return answerOf(204, undefined, headers);
  throw new Refusal('method-not-allowed', `This path takes ${headers.allow} only.`, { headers });
};

/** Makes the handler of API v1. */
export const makeApiHandler = (deps: ApiDependencies): ApiHandler => {
  const { clock, log, version } = deps;
  const limits = { ...usualLimits, ...deps.limits };
  const handlers: Handlers = {
    ...deps.handlers,
    // loaded when somebody asks: nearly nobody does
    'service.openapi': async () => succeed({ body: await (await import('./openapi.ts')).openApi(version) }),
  };
  const rates = { principal: createRateLimit(limits.principal, clock), address: createRateLimit(limits.address, clock) };
  const shared = {
    audit: audit(deps),
    body: examineBody(limits.bodyBytes),
    json: jsonBodyParser({ reviver: reviveJson, disableContentTypeCheck: true }) as Part,
    authenticate: authenticate(deps.authenticator, rates),
    idempotency: idempotency(deps.shortLived, clock),
  };
  const chainOf = (id: RouteId, route: Route) =>
    middy<ApiEvent, Answer>(async (event: ApiEvent) => perform(exchangeOf({ event }), handlers, log))
      .use(begin(id, route))
      .use(shared.audit)
      .use(shared.body)
      .use(shared.authenticate)
      .use(authorise)
      .use(decodeBody)
      .use(route.body ? [shared.json] : [])
      .use(validate)
      .use(readIfMatch)
      .use(route.method === 'POST' ? [shared.idempotency] : []);
  const routed = allRoutes.flatMap(([id, route]) => {
    const handler = chainOf(id, route);
    const { method, path } = route;
    return [{ method, path, handler }, ...(method === 'GET' ? [{ method: 'HEAD' as const, path, handler }] : [])];
  });
  const handler = middy<ApiEvent, Answer>({
    timeoutEarlyInMillis: 500,
    timeoutEarlyResponse: () => {
      throw new Refusal('timed-out', 'It took too long. Look whether it was done before you try again.');
    },
  })
    .use(headerNormalizer() as Part)
    .use(frame(clock, log))
    .handler(router<APIGatewayProxyEventV2, Answer>({ routes: routed as never, notFoundResponse: unrouted }) as never);
  const { hooks } = deps;
  if (!hooks) return async (event, context = {}) => handler(event, context as Context);
  const answerHook = hookHandler({ ...deps, hooks, limits: rates });
  return async (event, context = {}) => (pathOf(event).startsWith(hooksPrefix) ? answerHook(event) : handler(event, context as Context));
};

/** The side of the release systems, loaded with its first call: most processes never hear from one. */
const hookHandler = (deps: HookDependencies): ApiHandler => {
  let loaded: Promise<(event: APIGatewayProxyEventV2) => Promise<Answer>> | undefined;
  return async (event) => {
    loaded ??= import('./hooks.ts').then(({ makeHookHandler }) => makeHookHandler(deps));
    return (await loaded)(event);
  };
};
