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
export const may = (permission: string): Access => ({ permission });

/** The schemas of one route. */
export interface Schemas<P extends Schema = Schema, Q extends Schema = Schema, B extends Schema = Schema, A extends Schema = Schema> {
  /** `{name}`s of the path. */
  readonly params: P;
  readonly query: Q;
  readonly body: B;
  /** Body of the answer. */
  readonly answer: A;
}

/** What a row of the table says: names of schemas instead of schemas, so that the table is there at once. */
interface Row<Name> {
  readonly method: Method;
  /** `/v1/projects/{projectId}`; every `{name}` is a field of `params`. */
  readonly path: string;
  /** One sentence for people. */
  readonly summary: string;
  readonly access: Access;
  readonly params: Name;
  readonly query: Name;
  readonly body: Name;
  /** Body of the answer. */
  readonly answer: Name;
  /** Status when it went well. */
  readonly status: 200 | 201 | 202 | 204;
  /** Further statuses with the same answer, where the caller asked that the status say what was found. */
  readonly otherStatuses: readonly number[];
  /** Whether the answer carries an ETag; with PUT, PATCH and DELETE `If-Match` is then required (428 without, 412 when it does not fit). */
  readonly versioned: boolean;
}

/** One operation of the API, as data: the server, OpenAPI, the command line, the docs and the tests are all made from it. */
export interface Route<S extends Schemas = Schemas> extends Row<string | Nothing> {
  /** Its schemas. They come with the first call of their group: to make those of all routes would be most of the start of the API (docs/adr/0026). */
  schemas(): Promise<S>;
}

/** A module of `schemas/`: every schema that it exports, by name. */
type Group = Readonly<Record<string, z.ZodType>>;
type NameIn<G> = (keyof G & string) | Nothing;
type Named<G extends Group, Name> = Name extends keyof G ? G[Name] : Nothing;
type Left = 'status' | 'otherStatuses' | 'versioned';
type Given<Parts> = Omit<Row<never>, keyof Schemas | Left> & Partial<Pick<Row<never>, Left> & Parts>;

/** Declares routes whose schemas are those that `load` brings; fills in what most of them leave out. */
export const routesOf =
  <G extends Group>(load: () => Promise<G>) =>
  <P extends NameIn<G> = Nothing, Q extends NameIn<G> = Nothing, B extends NameIn<G> = Nothing, A extends NameIn<G> = Nothing>(
    given: Given<{ readonly params: P; readonly query: Q; readonly body: B; readonly answer: A }>,
  ): Route<Schemas<Named<G, P>, Named<G, Q>, Named<G, B>, Named<G, A>>> => {
    const row = {
      params: undefined,
      query: undefined,
      body: undefined,
      answer: undefined,
      status: 200,
      otherStatuses: [],
      versioned: false,
      ...given,
    } as const;
    return {
      ...row,
      schemas: async () => {
        const group = await load();
        const named = <N extends NameIn<G>>(name: N | undefined) => (name === undefined ? undefined : group[name]) as Named<G, N>;
        return { params: named(row.params), query: named(row.query), body: named(row.body), answer: named(row.answer) };
      },
    };
  };

type Read<S> = S extends z.ZodType ? z.output<S> : undefined;
/** The schemas of a route, as types. */
export type SchemasOf<R extends Route> = Awaited<ReturnType<R['schemas']>>;
/** What a handler of a route is given, validated. */
export type RouteInput<R extends Route> = { readonly [Part in 'params' | 'query' | 'body']: Read<SchemasOf<R>[Part]> };
/** What it answers, when it goes well. */
export type RouteAnswer<R extends Route> = Read<SchemasOf<R>['answer']>;
