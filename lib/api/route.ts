import type { z } from 'zod';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** Nothing: no parameters, no body, no answer. */
export type Nothing = undefined;
type Schema = z.ZodType | Nothing;

/**
 * Who may call a route. `public`: everybody · `self`: everybody who is signed in · otherwise the permission that is asked for: in the project of the path where it has `{projectId}`, else in the tenant.
 * In a project that the caller sees nothing of, the answer is 404.
 */
export type Access = 'public' | 'self' | { readonly permission: string };

/** One operation of the API, as data: the server, OpenAPI, the command line, the docs and the tests are all made from it. */
export interface Route<P extends Schema = Schema, Q extends Schema = Schema, B extends Schema = Schema, A extends Schema = Schema> {
  readonly method: Method;
  /** `/v1/projects/{projectId}`; every `{name}` is a field of `params`. */
  readonly path: string;
  /** One sentence for people. */
  readonly summary: string;
  readonly access: Access;
  readonly params: P;
  readonly query: Q;
  readonly body: B;
  /** Body of the answer. */
  readonly answer: A;
  /** Status when it went well. */
  readonly status: 200 | 201 | 202 | 204;
  /** Whether the answer carries an ETag; with PUT, PATCH and DELETE `If-Match` is then required (428 without, 412 when it does not fit). */
  readonly versioned: boolean;
}

/** Fills in what most routes leave out. */
export const route = <P extends Schema = Nothing, Q extends Schema = Nothing, B extends Schema = Nothing, A extends Schema = Nothing>(
  given: Pick<Route<P, Q, B, A>, 'method' | 'path' | 'summary' | 'access'> &
    Partial<Pick<Route<P, Q, B, A>, 'params' | 'query' | 'body' | 'answer' | 'status' | 'versioned'>>,
): Route<P, Q, B, A> =>
  ({ params: undefined, query: undefined, body: undefined, answer: undefined, status: 200, versioned: false, ...given }) as Route<
    P,
    Q,
    B,
    A
  >;

type Read<S extends Schema> = S extends z.ZodType ? z.output<S> : undefined;
/** What a handler of a route is given, validated. */
export type RouteInput<R extends Route> = {
  readonly params: Read<R['params']>;
  readonly query: Read<R['query']>;
  readonly body: Read<R['body']>;
};
/** What it answers, when it goes well. */
export type RouteAnswer<R extends Route> = Read<R['answer']>;
