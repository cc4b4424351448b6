import { z } from 'zod';
import { type Failure, failed } from '../../core/failure.ts';
import { redact } from '../../core/redact.ts';
import { nameOf, type Route, rightOf } from './route.ts';
import type { WireAnswer } from './transport.ts';

/** What the API server says of a failure (meta.k8s.io/v1 Status), as far as we use it. */
const Status = z.object({
  kind: z.literal('Status'),
  message: z.string().optional(),
  reason: z.string().optional(),
});
export type Status = z.infer<typeof Status>;

/** The Status in an answer, if it holds one. */
export const statusOf = (answer: WireAnswer): Status | undefined => {
  const json = parseJson(answer.body);
  return json.ok ? Status.safeParse(json.value).data : undefined;
};

export const parseJson = (text: string): { readonly ok: true; readonly value: unknown } | { readonly ok: false } => {
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch {
    return { ok: false };
  }
};

type Failed = { readonly ok: false; readonly failure: Failure };

/** The failure that an HTTP status of 400 and above stands for. */
export const refusalOf = (answer: WireAnswer, method: string, route: Route, server: string, credential: string): Failed => {
  const { status } = answer;
  const said = quote(statusOf(answer)?.message);
  const thing = nameOf(route);
  switch (status) {
    case 401:
      return failed(
        'credential-refused',
        `The API server at ${server} refused the ${credential}: it has expired or is not valid here; log in again or get a new kubeconfig.`,
      );
    case 403:
      // Admission (quota, pod security, webhooks) answers 403 too; only the authorizer says that a user cannot do something.
      return said === undefined || / cannot \w+ /.test(said)
        ? failed(
            'permission-missing',
            `The user may not ${rightOf(route)}${route.namespace === undefined ? '' : ` in namespace ${route.namespace}`}; grant it, see "gatehouse permissions".`,
            rightOf(route),
          )
        : failed('permission-missing', `The API server forbids to ${route.verb} ${thing}: ${said}.`);
    case 404:
    case 410:
      return failed('not-found', `The API server has found no ${thing}.`);
    case 406:
      return failed('version-unsupported', `The API server does not offer ${thing} in the form that was asked for.`);
    case 409:
      return failed(
        'conflict',
        `The API server could not ${route.verb} ${thing} because it is there already or just changed${said === undefined ? '' : `: ${said}`}.`,
      );
    case 429:
      return failed(
        'cluster-overloaded',
        `The API server at ${server} keeps asking to slow down (429); try again later or lower the number of requests per second.`,
      );
    default:
  }
  if (status >= 500) {
    return failed(
      'cluster-overloaded',
      `The API server at ${server} failed to ${route.verb} ${thing} (${status})${said === undefined ? '' : `: ${said}`}; look at its health and try again.`,
    );
  }
  if (status >= 400)
    return failed(
      'input-invalid',
      `The API server rejected the request to ${route.verb} ${thing} (${status})${said === undefined ? '' : `: ${said}`}.`,
    );
  return failed('answer-invalid', `What answers at ${server} is not an API server: it answered ${method} ${thing} with status ${status}.`);
};

/** A server's sentence, safe to repeat: on one line, short, nothing that looks secret, without its full stop. */
const quote = (message: string | undefined): string | undefined => {
  if (message === undefined || message.trim() === '') return undefined;
  const line = redact(message.replace(/\s+/g, ' ').trim()).replace(/\.$/, '');
  return line.length > 300 ? `${line.slice(0, 300)}…` : line;
};

/** Parses JSON and lets only what the schema names through. */
export const readAnswer = <T>(
  answer: WireAnswer,
  schema: z.ZodType<T>,
  what: string,
): { readonly ok: true; readonly value: T } | Failed => {
  const json = parseJson(answer.body);
  if (!json.ok)
    return failed(
      'answer-invalid',
      `The answer for ${what} is not JSON; check that the address is that of a Kubernetes API server and not of a proxy or login page.`,
    );
  return letThrough(json.value, schema, what);
};

/** Lets only what the schema names through; says which field does not fit otherwise. */
export const letThrough = <T>(value: unknown, schema: z.ZodType<T>, what: string): { readonly ok: true; readonly value: T } | Failed => {
  const parsed = schema.safeParse(value);
  if (parsed.success) return { ok: true, value: parsed.data };
  const [problem] = parsed.error.issues;
  const where = problem === undefined || problem.path.length === 0 ? '' : ` at ${problem.path.join('.')}`;
  return failed(
    'answer-invalid',
    `The answer for ${what} has another shape than expected${where}; the cluster may be of a version that Gatehouse does not know.`,
  );
};
