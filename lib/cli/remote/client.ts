import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import { type AnswerOf, type RouteId, type Routes, routes } from '../../api/index.ts';
import type { Route, SchemasOf } from '../../api/route.ts';
import { type Failure, failed, type Result, succeed } from '../../core/failure.ts';
import { failureOf } from './http/problem.ts';
import { type Pause, repeatable } from './http/repeat.ts';
import type { Received, Transport } from './http/transport.ts';

/** Who asks. */
export interface Credential {
  /** Text after `Bearer`; undefined asks without. */
  current(): Promise<Result<string | undefined>>;
  /** A new one after `refused` was refused; undefined when there is none to be had. */
  renew(refused: string): Promise<Result<string | undefined>>;
}

type QueryValue = string | number | boolean | readonly string[] | undefined;
type InputFor<S> = S extends z.ZodType ? z.input<S> : undefined;
type NameIn<S> = S extends z.ZodType ? keyof z.input<S> & string : never;
type Optional<T> = { readonly [K in keyof T]?: T[K] | undefined };
/** What is sent with a call: names as in the route. */
export interface Asked<Id extends RouteId> {
  readonly params?: InputFor<SchemasOf<Routes[Id]>['params']>;
  readonly query?: Optional<Record<NameIn<SchemasOf<Routes[Id]>['query']>, QueryValue>>;
  readonly body?: InputFor<SchemasOf<Routes[Id]>['body']>;
  /** ETag of what is to be changed. */
  readonly ifMatch?: string | undefined;
  /** Names a POST, so that it is done once however often it arrives; made up when left out. */
  readonly idempotencyKey?: string;
}
export interface Answered<Id extends RouteId> {
  readonly body: AnswerOf<Id>;
  /** The JSON as it came, for programs: with fields that a newer server has. */
  readonly json: unknown;
  readonly etag?: string | undefined;
}
export type ListId = { [Id in RouteId]: AnswerOf<Id> extends { items: readonly unknown[] } ? Id : never }[RouteId];
export type ItemOf<Id extends ListId> = AnswerOf<Id> extends { items: readonly (infer T)[] } ? T : never;

export interface Client {
  /** Address of the service. */
  readonly server: string;
  call<Id extends RouteId>(id: Id, asked?: Asked<Id>): Promise<Result<Answered<Id>>>;
  /** Every item of every page, one page at a time. */
  all<Id extends ListId>(id: Id, asked?: Asked<Id>): Promise<Result<ItemOf<Id>[]>>;
  /** Bytes of a link that the service gave; nothing that proves who asks is sent there. */
  readonly transport: Transport;
}
export interface ClientOptions {
  readonly server: string;
  readonly transport: Transport;
  readonly credential: Credential;
  readonly version: string;
  readonly pause: Pause;
}

const placeIn = (path: readonly PropertyKey[]): string => path.map(String).join('.');

/** The address of a call, or which part of it cannot be. */
const addressOf = async (server: string, id: RouteId, route: Route, { params, query = {} }: Asked<RouteId>): Promise<Result<URL>> => {
  const read = (await route.schemas()).params?.safeParse(params);
  if (read && !read.success) {
    const [issue] = read.error.issues;
    const name = placeIn(issue?.path ?? []);
    const given = (params as Record<string, unknown> | undefined)?.[name];
    return failed('input-invalid', `"${String(given)}" is no ${name.replace(/Id$/, ' id')} that can be; look with the command "list".`);
  }
  const values = (params ?? {}) as Readonly<Record<string, string>>;
  const path = route.path.replaceAll(/\{([A-Za-z]+)\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`${id} was called without ${name}`);
    return encodeURIComponent(value);
  });
  const url = new URL(`${server}${path}`);
  for (const [name, value] of Object.entries(query as Readonly<Record<string, QueryValue>>))
    for (const one of Array.isArray(value) ? value : [value]) if (one !== undefined) url.searchParams.append(name, String(one));
  return succeed(url);
};

const headersOf = ({ method, body }: Route, asked: Asked<RouteId>, version: string): Readonly<Record<string, string>> => ({
  accept: 'application/json, application/problem+json',
  'user-agent': `gatehouse/${version}`,
  ...(body ? { 'content-type': 'application/json' } : {}),
  ...(method === 'POST' ? { 'idempotency-key': asked.idempotencyKey ?? randomUUID() } : {}),
  ...(asked.ifMatch === undefined ? {} : { 'if-match': asked.ifMatch }),
});

const notOurs = (server: string, where: string): Failure => ({
  code: 'answer-invalid',
  say: `${server} answered something that this version of Gatehouse does not understand (${where}); is it a Gatehouse server, and as new as this program?`,
});

const readAnswer = async (route: Route, answer: Received, server: string): Promise<Result<Answered<RouteId>>> => {
  if (answer.status < 200 || answer.status > 299) return { ok: false, failure: failureOf(answer, server) };
  const etag = answer.header('etag');
  const { answer: schema } = await route.schemas();
  if (!schema) return succeed({ body: undefined as never, json: undefined, etag });
  let json: unknown;
  try {
    json = JSON.parse(answer.text);
  } catch {
    return { ok: false, failure: notOurs(server, 'no JSON') };
  }
  const read = schema.safeParse(json);
  if (!read.success) return { ok: false, failure: notOurs(server, placeIn(read.error.issues[0]?.path ?? []) || 'the whole answer') };
  return succeed({ body: read.data as never, json, etag });
};

/** A typed client over the routes of API v1. */
export const createClient = ({ server, transport, credential, version, pause }: ClientOptions): Client => {
  const send = async (route: Route, url: URL, asked: Asked<RouteId>, bearer: string | undefined): Promise<Result<Received>> => {
    const { method } = route;
    const body = route.body ? JSON.stringify(asked.body ?? {}) : undefined;
    // the same headers every time: a POST that is repeated keeps its key
    const headers = { ...headersOf(route, asked, version), ...(bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }) };
    return repeatable(method, () => transport.ask(url, { method, headers, body }), pause);
  };
  const call = async (id: RouteId, given: Asked<RouteId> = {}): Promise<Result<Answered<RouteId>>> => {
    const route = routes[id] as Route;
    const asked = { idempotencyKey: randomUUID(), ...given };
    const url = await addressOf(server, id, route, asked);
    if (!url.ok) return url;
    const bearer = route.access === 'public' ? succeed(undefined) : await credential.current();
    if (!bearer.ok) return bearer;
    const first = await send(route, url.value, asked, bearer.value);
    if (!first.ok) return first;
    if (first.value.status !== 401 || bearer.value === undefined) return readAnswer(route, first.value, server);
    const renewed = await credential.renew(bearer.value);
    if (!renewed.ok) return renewed;
    const again = renewed.value === undefined ? first : await send(route, url.value, asked, renewed.value);
    return again.ok ? readAnswer(route, again.value, server) : again;
  };
  const all = async (id: ListId, asked: Asked<ListId> = {}): Promise<Result<unknown[]>> => {
    const items: unknown[] = [];
    let cursor: string | undefined;
    do {
      const query = { limit: 200, ...asked.query, ...(cursor === undefined ? {} : { cursor }) };
      // lists of little have no pages, and take no query
      const page = await call(id, (routes[id] as Route).query ? { ...asked, query } : asked);
      if (!page.ok) return page;
      const { items: more, next } = page.value.body as { items: readonly unknown[]; next?: string };
      if (next !== undefined && next === cursor) return { ok: false, failure: notOurs(server, 'a page that comes after itself') };
      items.push(...more);
      cursor = next;
    } while (cursor !== undefined);
    return succeed(items);
  };
  return { server, transport, call, all } as Client;
};
