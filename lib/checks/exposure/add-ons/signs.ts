import type { Outcome, Severity } from '../../../core/outcome.ts';
import type { HttpAnswer } from '../../../core/probing/index.ts';
import { type Asked, couldNotLook, get, httpOf, isSilent, type OpenDoor, once, type Probe, type ProbeVerdict, shown } from '../probe.ts';

/** One thing an answer can show, and what follows from it. */
export interface Sign {
  /** Path whose answer shows it. */
  readonly path: string;
  /** Whether this answer is one that only this software gives in this state; `of` finds the answer to another path. */
  readonly shows: (answer: HttpAnswer, of: (path: string) => HttpAnswer | undefined, door: OpenDoor) => boolean;
  readonly outcome: Outcome;
  readonly severity?: Severity;
  readonly message: string;
  /** What was found, in a few words; from the answer where it holds a version. */
  readonly found: string | ((answer: HttpAnswer) => string);
}

/** True when an answer is 200 and its body fits every pattern. */
export const says =
  (...patterns: readonly RegExp[]): Sign['shows'] =>
  ({ status, body }) =>
    status === 200 && patterns.every((pattern) => pattern.test(body));

const verdictOf = ({ outcome, severity, message, found }: Sign, asked: Asked, http: HttpAnswer): ProbeVerdict => ({
  outcome,
  ...(severity === undefined ? {} : { severity }),
  message,
  evidence: [shown(asked, typeof found === 'string' ? found : found(http))],
});

/**
 * Decides by the first sign that is seen, failures first. A question without an answer may have been the one that shows the failure, so nothing passes then.
 */
export const bySigns = (signs: readonly Sign[], door: OpenDoor, asked: readonly Asked[]): ProbeVerdict | undefined => {
  if (asked.length === 0) return undefined;
  if (isSilent(asked)) return couldNotLook(asked);
  const answers = httpOf(asked);
  const of = (path: string): HttpAnswer | undefined => answers.find((one) => one.path === path)?.http;
  const seen = signs.flatMap((sign) => {
    const answer = answers.find(({ path, http }) => path === sign.path && sign.shows(http, of, door));
    return answer === undefined ? [] : [{ sign, answer }];
  });
  const worst = seen.find(({ sign }) => sign.outcome === 'fail');
  const one = worst ?? seen[0];
  if (one === undefined) return undefined;
  if (worst === undefined && asked.some(({ answer }) => answer.is === 'none')) return couldNotLook(asked);
  return verdictOf(one.sign, one.answer.asked, one.answer.http);
};

/** Whether the port of a door, or one that the cluster says is behind it, is one of these. */
export const isBehind = ({ port, hints }: OpenDoor, ports: readonly number[]): boolean =>
  ports.some((one) => one === port || hints.includes(one));

/** Whether the Service, Ingress or host of a door has a name like this. */
export const isCalled = ({ subject, host = '' }: OpenDoor, name: RegExp): boolean => name.test(subject.name) || name.test(host);

/** Whether the first page of a door, or where it leads, looks like this. */
export const pageLooksLike = ({ greeting: { page } }: OpenDoor, look: RegExp): boolean =>
  page !== undefined && (look.test(page.body) || look.test(page.headers.location ?? ''));

/** Whether an answer turns away whoever has no login: by status, or by leading to a page where one logs in. */
export const asksForLogin = ({ status, headers }: HttpAnswer): boolean =>
  status === 401 ||
  status === 403 ||
  (status >= 300 && status < 400 && /log-?in|sign-?in|oauth|openid|\/auth|authorize|sso/i.test(headers.location ?? ''));

/**
 * Software of the usual port that asks everybody for a login. `ports` are ports that hardly anything else uses: on 8080 a login page says nothing of this software.
 */
export const login = (path: string, software: { readonly ports?: readonly number[]; readonly name?: RegExp }): Sign => ({
  path,
  shows: (answer, _of, door) =>
    asksForLogin(answer) && (isBehind(door, software.ports ?? []) || (software.name !== undefined && isCalled(door, software.name))),
  outcome: 'pass',
  message: 'What answers there asks for a login.',
  found: 'a login is asked for',
});

/** Questions and judgement of a probe that is all signs. */
export const decidedBy = (...signs: readonly Sign[]): Pick<Probe, 'send' | 'judge'> => {
  const paths = [...new Set(signs.map(({ path }) => path))];
  return {
    send: once((door) => get(door, ...paths)),
    judge: (door, asked) => bySigns(signs, door, asked),
  };
};

/** What a pattern captures in the body of an answer, as a word of evidence; `otherwise` where it captures nothing. */
export const captured =
  (pattern: RegExp, say: (text: string) => string, otherwise: string) =>
  ({ body }: HttpAnswer): string => {
    const text = pattern.exec(body)?.[1];
    return text === undefined ? otherwise : say(text);
  };
