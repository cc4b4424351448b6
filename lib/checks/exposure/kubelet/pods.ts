import type { HttpAnswer, HttpRequest } from '../../../core/probing/index.ts';
import { type Asked, couldNotLook, httpOf, isSilent, type OpenDoor, once, type ProbeVerdict, shown } from '../probe.ts';

/** Bytes of a list of pods that are read: enough for a full node. */
const mostBytes = 1_048_576;

export const isPodList = ({ status, body }: Pick<HttpAnswer, 'status' | 'body'>): boolean =>
  status === 200 && /"kind"\s*:\s*"PodList"/.test(body.slice(0, 300));

const podsQuestion = (door: OpenDoor): readonly HttpRequest[] =>
  door.greeting.http === undefined ? [] : [{ is: 'http', over: door.greeting.http, method: 'GET', path: '/pods', mostBytes }];

/** Asks for the list of pods. Texts inside the list are escaped, so nobody's annotation can look like a field. */
export const askPods = once(podsQuestion);

/** The answer to `/pods`, if there was one. */
export const podsAnswer = (asked: readonly Asked[]): { readonly asked: Asked; readonly http: HttpAnswer } | undefined =>
  httpOf(asked).find(({ path }) => path === '/pods');

/** Judges what the list of pods shows: `found` is said where the pattern is in it; without a list, only a refusal is good news. */
export const judgePods = (
  asked: readonly Asked[],
  pattern: RegExp,
  says: { readonly open: string; readonly found: string; readonly clean: string },
): ProbeVerdict | undefined => {
  if (isSilent(asked)) return couldNotLook(asked);
  const list = podsAnswer(asked);
  if (list === undefined) return undefined;
  const { http } = list;
  if (http.status === 401 || http.status === 403)
    return { outcome: 'pass', message: 'The kubelet does not show its pods without a login.', evidence: [shown(list.asked)] };
  if (!isPodList(http)) return undefined;
  if (pattern.test(http.body)) return { outcome: 'fail', message: says.open, evidence: [shown(list.asked, says.found)] };
  return http.isCut
    ? { outcome: 'unknown', message: 'The list of pods was longer than what was read of it.', evidence: [shown(list.asked, 'cut off')] }
    : { outcome: 'pass', message: says.clean, evidence: [shown(list.asked, 'a list of pods')] };
};
