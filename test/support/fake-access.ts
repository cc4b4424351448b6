import type { z } from 'zod';
import { type Failure, failed, type Result, succeed } from '../../lib/core/failure.ts';
import type { ClusterAccess } from '../../lib/ports/cluster-access.ts';

/** What a fake answers instead of a value. */
export interface Refusal {
  readonly failure: Failure;
}

/** The answer of a cluster whose credential lacks a right, as the adapter gives it. */
export const denied = (right: string): Refusal => failed('permission-missing', `Forbidden: ${right}.`, right);

/** The answer of a cluster that cannot be reached. */
export const unreachable = (): Refusal => failed('cluster-unreachable', 'The cluster did not answer; check the network.');

/** A list whose state expires after some items: those are handed on, then the list begins again. */
export interface ExpiringList {
  readonly items: readonly unknown[];
  readonly expiresAfter: number;
}

/** A small cluster in memory. Keys are paths, with `?name=value` for the query where it matters. What is not named is `not-found`. */
export interface FakeCluster {
  readonly lists?: Readonly<Record<string, readonly unknown[] | ExpiringList | Refusal>>;
  readonly objects?: Readonly<Record<string, unknown>>;
  readonly texts?: Readonly<Record<string, string | Refusal>>;
  /** Answers a creation; by default the body itself comes back. */
  readonly onCreate?: (path: string, body: unknown) => unknown;
}

/** The fake, and what was asked of it. */
export interface FakeAccess extends ClusterAccess {
  /** Every request in order, as `list /path?query`, `get …`, `text …`, `create …`, `remove …`; metadata-only lists end in ` (metadata)`. */
  readonly asked: readonly string[];
  readonly created: readonly { readonly path: string; readonly body: unknown }[];
}

const isRefusal = (answer: unknown): answer is Refusal => typeof answer === 'object' && answer !== null && 'failure' in answer;
const withQuery = (path: string, query: Readonly<Record<string, string | undefined>> = {}): string => {
  const given = Object.entries(query).filter((pair): pair is [string, string] => pair[1] !== undefined);
  return given.length === 0 ? path : `${path}?${given.map(([name, value]) => `${name}=${value}`).join('&')}`;
};
const parse = <T>(schema: z.ZodType<T>, path: string, value: unknown): Result<T> => {
  const parsed = schema.safeParse(value);
  return parsed.success ? succeed(parsed.data) : failed('answer-invalid', `${path} did not look as expected: ${parsed.error.message}`);
};

/** A `ClusterAccess` over a cluster in memory: answers pass the same schemas as real ones. */
export const fakeAccess = (cluster: FakeCluster): FakeAccess => {
  const asked: string[] = [];
  const created: { path: string; body: unknown }[] = [];
  const answer = (
    from: Readonly<Record<string, unknown>> | undefined,
    path: string,
    query?: Readonly<Record<string, string | undefined>>,
  ) => from?.[withQuery(path, query)] ?? from?.[path] ?? failed('not-found', `The cluster has no ${path}.`);
  return {
    server: 'https://fake:6443',
    clusterName: 'fake',
    usesToken: false,
    asked,
    created,
    get requests() {
      return asked.length;
    },
    async get(path, schema, options) {
      asked.push(`get ${withQuery(path, options?.query)}`);
      const value = answer(cluster.objects, path, options?.query);
      return isRefusal(value) ? { ok: false, failure: value.failure } : parse(schema, path, value);
    },
    async list(path, item, each, options) {
      asked.push(`list ${withQuery(path, options?.query)}${options?.metadataOnly ? ' (metadata)' : ''}`);
      const value = answer(cluster.lists, path, options?.query);
      if (isRefusal(value)) return { ok: false, failure: value.failure };
      const expiring = Array.isArray(value) ? undefined : (value as ExpiringList);
      const items = expiring?.items ?? (value as readonly unknown[]);
      const parsed = items.map((one) => parse(item, path, one));
      const broken = parsed.find((one) => !one.ok);
      if (broken && !broken.ok) return broken;
      const good = parsed.flatMap((one) => (one.ok ? [one.value] : []));
      if (expiring && options?.onRestart) {
        good.slice(0, expiring.expiresAfter).forEach(each);
        options.onRestart();
      }
      for (const one of good) each(one);
      return succeed({ count: good.length });
    },
    async text(path, query) {
      asked.push(`text ${withQuery(path, query)}`);
      const value = answer(cluster.texts, path, query);
      return isRefusal(value) ? { ok: false, failure: value.failure } : succeed(String(value));
    },
    async create(path, body, schema) {
      asked.push(`create ${path}`);
      created.push({ path, body });
      const value = cluster.onCreate ? cluster.onCreate(path, body) : body;
      return isRefusal(value) ? { ok: false, failure: value.failure } : parse(schema, path, value);
    },
    async remove(path) {
      asked.push(`remove ${path}`);
      return succeed(undefined);
    },
    close() {
      asked.push('close');
    },
  };
};
