import type middy from '@middy/core';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type { RouteId } from '../api/index.ts';
import type { Route, Schemas } from '../api/route.ts';
import type { Actor } from '../fleet/common.ts';
import type { Caller } from '../service/handler.ts';
import type { Answer } from './answers.ts';

/** One request on its way through the chain of its route; each part adds what it found out. */
export interface Exchange {
  readonly id: RouteId;
  readonly route: Route;
  readonly requestId: string;
  /** Address the request came from. */
  readonly address: string;
  /** Path as it was asked for; every character of it is harmless. */
  readonly path: string;
  /** `{projectId}` of the path, as given. */
  readonly projectId: string | undefined;
  /** Body as text, decoded. */
  rawBody: string;
  caller?: Caller;
  /** Of the route; there once the request was validated. */
  schemas?: Schemas;
  params?: unknown;
  query?: unknown;
  body?: unknown;
  ifMatch?: number;
  /** Whose credential it was, though it is not good any more. */
  recognised?: Actor;
  /** The caller sees nothing of the project. */
  isForeign?: boolean;
  /** Set while the idempotency key of this request is held: keeps the answer under it, or gives it back. */
  settle?: (answer: Answer | undefined) => Promise<void>;
  /** What the handler says it was done to. */
  target?: string;
}

/** Body parser and header normaliser of middy change the event in place. */
export type ApiEvent = Omit<APIGatewayProxyEventV2, 'body'> & { body?: unknown };
export type ApiRequest = middy.Request<ApiEvent, Answer>;
export type Part = middy.MiddlewareObj<ApiEvent, Answer>;

const exchanges = new WeakMap<object, Exchange>();
export const exchangeOf = (request: { readonly event: ApiEvent }): Exchange => {
  const exchange = exchanges.get(request.event);
  if (!exchange) throw new Error('no exchange was begun for this event');
  return exchange;
};
/** Begins the exchange of an event. Kept beside the event: what a client sends cannot reach it. */
export const beginExchange = (event: ApiEvent, exchange: Exchange): void => {
  exchanges.set(event, exchange);
};
/** A part of the chain that only looks at the exchange before the handler runs. */
export const before = (part: (exchange: Exchange, event: ApiEvent) => void | Promise<void>): Part => ({
  before: async (request) => {
    await part(exchangeOf(request), request.event);
  },
});
/** The route of an event, once it was found. */
export const routeOf = (request: { readonly event: ApiEvent }): RouteId | undefined => exchanges.get(request.event)?.id;
