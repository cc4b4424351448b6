import { z } from 'zod';
import { type Failure, failed } from '../../core/failure.ts';
import { redact } from '../../core/redact.ts';
import { nameOf, type Route, rightOf } from './route.ts';
import type { WireAnswer } from './transport.ts';

/** What the API server says of a failure (meta.k8s.io/v1 Status), as far as we use it. */
const Status = z.object({ kind: z.literal('Status'), message: z.string().optional() });

/** The parsed text, or `undefined` when it is no JSON. JSON itself has no such value. */
export const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
};

type Failed = { readonly ok: false; readonly failure: Failure };

/** What was asked of whom, for sentences. */
export interface Asked {
  readonly method: string;
  readonly route: Route;
  readonly server: string;
  /** The kind of credential, e.g. `client certificate`. */
  readonly credential: string;
}

/** The failure that an HTTP status other than 2xx stands for. */
export const refusalOf = (answer: WireAnswer, { method, route, server, credential }: Asked): Failed => {
  const { status } = answer;
  const message = quote(Status.safeParse(parseJson(answer.body)).data?.message);
  const said = message === undefined ? '' : `: ${message}`;
  const deed = `${route.verb} ${nameOf(route)}`;
  if (status >= 500)
    return failed(
      'cluster-overloaded',
      `The API server at ${server} failed to ${deed} (${status})${said}; look at its health and try again.`,
    );
  switch (status) {
    case 401:
      return failed('credential-refused', `The API server at ${server} refused the ${credential}; log in again or get a new kubeconfig.`);
    case 403:
      return forbidden(route, message);
    case 404:
    case 410:
      return failed('not-found', `The API server has found no ${nameOf(route)}.`);
    case 406:
      return failed('version-unsupported', `The API server does not offer ${nameOf(route)} in the form that was asked for.`);
    case 409:
      return failed('conflict', `The API server could not ${deed}, which is there already or was just changed${said}.`);
    case 429:
      return failed(
        'cluster-overloaded',
        `The API server at ${server} keeps asking for patience (429); try again later, or with fewer requests per second.`,
      );
    default:
      return status >= 400
        ? failed('input-invalid', `The API server did not ${deed} (${status})${said}.`)
        : failed(
            'answer-invalid',
            `What answers at ${server} is no API server: it met ${method} ${route.path} with status ${status}; check the address.`,
          );
  }
};

/** 403 comes from the authorizer, which says that a user cannot do something, and from admission: quota, pod security, webhooks. */
const forbidden = (route: Route, message: string | undefined): Failed => {
  const right = rightOf(route);
  const where = route.namespace === undefined ? '' : ` in namespace ${route.namespace}`;
  if (message !== undefined && / cannot impersonate/.test(message)) {
    return failed(
      'permission-missing',
      'The user may not act as somebody else; grant that right, or remove "as" from the kubeconfig.',
      'impersonate users',
    );
  }
  if (message !== undefined && !/ cannot \S+ /.test(message)) {
    return failed('permission-missing', `The API server forbids to ${route.verb} ${nameOf(route)}: ${message}.`);
  }
  return failed(
    'permission-missing',
    `The user may not ${right}${where}; grant that right ("gatehouse permissions" prints all that are needed).`,
    right,
  );
};

/** A server's sentence, safe to repeat: on one line, short, nothing that looks secret, without its full stop. */
const quote = (message: string | undefined): string | undefined => {
  if (message === undefined || message.trim() === '') return undefined;
  const line = redact(message.replace(/[\p{Cc}\s]+/gu, ' ').trim()).replace(/\.$/, '');
  return line.length > 300 ? `${line.slice(0, 300)}…` : line;
};

/** Reads a JSON answer, or one that was asked for as text, and lets only what the schema names through. `what` is named in the sentence for one that does not fit. */
export const readAnswer = <T>(
  answer: WireAnswer,
  schema: z.ZodType<T>,
  what: string,
  accept?: string,
): { readonly ok: true; readonly value: T } | Failed => {
  if (accept === 'text/plain') return letThrough(answer.body, schema, what);
  const json = parseJson(answer.body);
  if (json !== undefined) return letThrough(json, schema, what);
  return failed('answer-invalid', `The answer for ${what} is not JSON; check that no proxy or login page stands in for the API server.`);
};

/** Lets only what the schema names through; says which field does not fit otherwise. */
export const letThrough = <T>(value: unknown, schema: z.ZodType<T>, what: string): { readonly ok: true; readonly value: T } | Failed => {
  const parsed = schema.safeParse(value);
  if (parsed.success) return { ok: true, value: parsed.data };
  const [problem] = parsed.error.issues;
  const where = problem === undefined || problem.path.length === 0 ? '' : ` at ${problem.path.join('.')}`;
  return failed(
    'answer-invalid',
    `The answer for ${what} is not shaped as expected${where}; the cluster may be of a version that Gatehouse does not know.`,
  );
};
