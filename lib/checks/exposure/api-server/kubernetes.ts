import { bySeverity, type Severity } from '../../../core/outcome.ts';
import type { HttpAnswer, HttpRequest } from '../../../core/probing/index.ts';
import { type Asked, couldNotLook, type DoorRule, httpOf, isSilent, type OpenDoor, type ProbeVerdict, shown } from '../probe.ts';

/** Kind of a Kubernetes object, also of one that was cut off: servers write it first. */
export const kindOf = ({ body }: Pick<HttpAnswer, 'body'>): string | undefined => /"kind"\s*:\s*"(\w+)"/.exec(body.slice(0, 300))?.[1];

/** A body as JSON; undefined for anything that is no object. */
export const jsonOf = ({ body }: Pick<HttpAnswer, 'body'>): Readonly<Record<string, unknown>> | undefined => {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
};

/** Scheduler, controller manager and aggregated servers refuse in the same words; only the API server itself shares out its time or lists `/api/v1`. */
const speaksKubernetes = ({ greeting: { page } }: OpenDoor): boolean =>
  page !== undefined &&
  (page.headers['x-kubernetes-pf-flowschema-uid'] !== undefined || /^\s*\{\s*"paths"\s*:\s*\[[^\]]*"\/api\/v1"/.test(page.body));

/** Seen from a pod, the Service of the API server is one more way to a door that is looked at anyway. */
const isOwnService = ({ subject }: OpenDoor): boolean =>
  subject.kind === 'Service' && subject.namespace === 'default' && subject.name === 'kubernetes';

/** Doors of the API server, and any other door behind which one answers. */
export const apiDoors: DoorRule = {
  places: ['api-server', 'node', 'published', 'service'],
  recognise: (door) => door.place === 'api-server' || (speaksKubernetes(door) && !isOwnService(door)),
};

export type ApiRequest = Pick<HttpRequest, 'path' | 'headers' | 'body' | 'mostBytes' | 'withToken'> & {
  readonly method?: HttpRequest['method'];
};

/** Puts questions as the door speaks HTTP. Where it has not spoken any yet, one question is enough to hear nothing. */
export const askApi = (door: OpenDoor, requests: readonly ApiRequest[]): readonly HttpRequest[] =>
  (door.greeting.http === undefined ? requests.slice(0, 1) : requests).map((request) => ({
    is: 'http',
    over: door.greeting.http ?? 'tls',
    method: 'GET',
    ...request,
  }));

/** A POST of JSON. */
export const post = (path: string, body: unknown): ApiRequest => ({
  method: 'POST',
  path,
  headers: { 'content-type': 'application/json', accept: 'application/json' },
  body: JSON.stringify(body),
});

/** Whether nobody gets in without a login, or not that far. */
export const isRefusal = ({ status }: HttpAnswer): boolean => status === 401 || status === 403;

/** Whether the server could not be asked for the moment: busy, or broken. */
const isAway = ({ status }: HttpAnswer): boolean => status === 429 || status >= 500;

/** Something that should not be shown, with how to know it from a login page. */
export interface ShownPage {
  readonly path: string;
  /** In a message: "the list of Secrets". */
  readonly what: string;
  readonly severity: Severity;
  readonly headers?: Readonly<Record<string, string>>;
  /** Bytes of the body that prove it. */
  readonly mostBytes?: number;
  proves(http: HttpAnswer): boolean;
  /** What of it may be in a report. */
  readonly found?: (http: HttpAnswer) => string;
}

export const requestsFor = (pages: readonly ShownPage[]): readonly ApiRequest[] =>
  pages.map(({ path, headers, mostBytes = 4096 }) => ({ path, mostBytes, ...(headers ? { headers } : {}) }));

const wordList = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;

/**
 * What the answers to some pages mean: the worst that is shown counts; refused or absent is good; what was too busy or silent is unknown; and nothing is said
 * of a server that answers like no API server.
 */
export const judgePages = (
  asked: readonly Asked[],
  pages: readonly ShownPage[],
  says: { readonly open: string; readonly closed: string },
): ProbeVerdict | undefined => {
  if (isSilent(asked)) return couldNotLook(asked);
  const answers = httpOf(asked).map((one) => ({ ...one, page: pages.find(({ path }) => path === one.path) }));
  const open = answers.flatMap(({ page, http, asked: one }) => (page?.proves(http) ? [{ page, http, one }] : []));
  const [worst] = open.map(({ page }) => page.severity).toSorted(bySeverity);
  if (worst !== undefined)
    return {
      outcome: 'fail',
      severity: worst,
      message: `${says.open} ${wordList([...new Set(open.map(({ page }) => page.what))])}.`,
      evidence: open.map(({ page, http, one }) => shown(one, page.found?.(http) ?? page.what)),
    };
  if (answers.length < asked.length || answers.some(({ http }) => isAway(http))) return couldNotLook(asked);
  if (!answers.some(({ http }) => isRefusal(http) || http.status === 404)) return undefined;
  return { outcome: 'pass', message: says.closed, evidence: asked.map((one) => shown(one)) };
};

/** How an API server refuses, for cases. */
export const refused = (code: 401 | 403, message = 'forbidden: User "system:anonymous" cannot get path "/"'): string =>
  JSON.stringify({ kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message, code });
