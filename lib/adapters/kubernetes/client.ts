import { z } from 'zod';
import { failed, type Result, succeed } from '../../core/failure.ts';
import type { ClusterAccess, ListOptions } from '../../ports/cluster-access.ts';
import { letThrough, readAnswer } from './answer.ts';
import type { Requester } from './requester.ts';
import { nameOf, routeOf } from './route.ts';

/** Items asked for per page. */
const pageSize = '500';
/** How often a list that expired half-way is begun again. */
const maxRestarts = 3;
const metadataOnlyType = 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1';

/** The frame of every list; items are looked at one by one. */
const Page = z.object({
  metadata: z.object({ continue: z.string().optional() }).optional(),
  items: z.array(z.unknown()).nullish(),
});

const named = z.object({ metadata: z.object({ name: z.string() }) });

/** The identity of the cluster a client speaks to. */
export interface ClientIdentity {
  readonly server: string;
  readonly clusterName: string;
  readonly usesToken: boolean;
}

/** ClusterAccess over HTTPS. */
export const createClient = (requester: Requester, identity: ClientIdentity): ClusterAccess => {
  const nameOfRead = (path: string): string => nameOf(routeOf('GET', path));

  /** Reads one page and hands its items on; the token of the next page, empty at the end. */
  const page = async <T>(path: string, item: z.ZodType<T>, each: (item: T) => void, options: ListOptions, token: string) => {
    const what = nameOfRead(path);
    const query = { ...options.query, limit: pageSize, continue: token === '' ? undefined : token };
    const sent = await requester.send({ method: 'GET', path, query, accept: options.metadataOnly ? metadataOnlyType : undefined });
    if (!sent.ok) return sent;
    const frame = readAnswer(sent.answer, Page, what);
    if (!frame.ok) return frame;
    const items = frame.value.items ?? [];
    for (const [position, raw] of items.entries()) {
      const fitting = letThrough(raw, item, `${what}, item ${named.safeParse(raw).data?.metadata.name ?? position}`);
      if (!fitting.ok) return fitting;
      each(fitting.value);
    }
    const next = frame.value.metadata?.continue ?? '';
    if (next !== '' && next === token) return failed('answer-invalid', `The list of ${what} never ends: a page points to itself.`);
    return { ok: true, next, count: items.length } as const;
  };

  const list = async <T>(
    path: string,
    item: z.ZodType<T>,
    each: (item: T) => void,
    options: ListOptions = {},
  ): Promise<Result<{ readonly count: number }>> => {
    const { onRestart } = options;
    let kept: T[] = [];
    const take = onRestart ? each : (one: T): void => void kept.push(one);
    let count = 0;
    let token = '';
    for (let restarts = 0; ; ) {
      const read = await page(path, item, take, options, token);
      if (!read.ok) {
        if (!('gone' in read) || token === '') return { ok: false, failure: read.failure };
        if (restarts === maxRestarts) {
          return failed(
            'cluster-overloaded',
            `The list of ${nameOfRead(path)} expired ${maxRestarts + 1} times before it was read to its end; try again when the API server is less busy.`,
          );
        }
        restarts += 1;
        count = 0;
        token = '';
        kept = [];
        onRestart?.();
        continue;
      }
      count += read.count;
      token = read.next;
      if (token === '') break;
    }
    for (const one of kept) each(one);
    return succeed({ count });
  };

  return {
    ...identity,
    get requests() {
      return requester.requests;
    },
    list,
    get: async (path, schema, options = {}) => {
      const { query, accept, answers } = options;
      const sent = await requester.send({ method: 'GET', path, query, accept, answers });
      return sent.ok ? readAnswer(sent.answer, schema, nameOfRead(path), accept) : { ok: false, failure: sent.failure };
    },
    text: async (path, query) => {
      const sent = await requester.send({ method: 'GET', path, query, accept: 'text/plain, */*' });
      return sent.ok ? succeed(sent.answer.body) : { ok: false, failure: sent.failure };
    },
    create: async (path, body, schema) => {
      const sent = await requester.send({ method: 'POST', path, body });
      return sent.ok ? readAnswer(sent.answer, schema, nameOf(routeOf('POST', path))) : { ok: false, failure: sent.failure };
    },
    remove: async (path, query) => {
      const sent = await requester.send({ method: 'DELETE', path, query });
      return sent.ok || sent.failure.code === 'not-found' ? succeed(undefined) : { ok: false, failure: sent.failure };
    },
    close: () => requester.close(),
  };
};
