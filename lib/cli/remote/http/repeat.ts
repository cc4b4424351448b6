import type { Result } from '../../../core/failure.ts';
import type { Received } from './transport.ts';

/** Waits so many milliseconds; answers early, with false, when the user wants to stop. */
export type Pause = (ms: number) => Promise<boolean>;

const most = 4;
/** A server that is not there is not waited for as one that is overloaded. */
const mostUnreached = 2;
const longestWait = 60_000;
const pauseAfter = (tries: number): number => 500 * 2 ** tries;

/** `Retry-After`, in seconds or as a date. */
const askedFor = (header: string | undefined, now: number): number | undefined => {
  if (header === undefined) return undefined;
  const ms = /^\d{1,6}$/.test(header.trim()) ? 1000 * Number(header) : Date.parse(header) - now;
  return Number.isNaN(ms) ? undefined : Math.max(0, ms);
};

/**
 * How long to wait before it is sent again; undefined when that would not help, or could do it twice. A POST carries a key by which the service knows it again;
 * a change with `If-Match` that arrived would be refused the second time, and nobody would know that it was done.
 */
const waitBefore = (method: string, answer: Result<Received>, tries: number): number | undefined => {
  const isSafe = method === 'GET' || method === 'POST';
  if (!answer.ok)
    return isSafe && tries < mostUnreached && ['cluster-unreachable', 'timed-out'].includes(answer.failure.code)
      ? pauseAfter(tries)
      : undefined;
  const { status } = answer.value;
  const wait = askedFor(answer.value.header('retry-after'), Date.now());
  // refused before anything was done, whatever it is
  if (status === 429) return wait ?? pauseAfter(tries);
  if (status === 503 && isSafe) return wait ?? pauseAfter(tries);
  // the first of two that were sent is still being worked on
  if (status === 409 && method === 'POST' && wait !== undefined) return wait;
  return undefined;
};

/** Sends, and sends again where that can help and cannot harm. */
export const repeatable = async (method: string, send: () => Promise<Result<Received>>, pause: Pause): Promise<Result<Received>> => {
  for (let tries = 0; ; tries++) {
    const answer = await send();
    const wait = waitBefore(method, answer, tries);
    if (wait === undefined || wait > longestWait || tries + 1 >= most || !(await pause(wait))) return answer;
  }
};
