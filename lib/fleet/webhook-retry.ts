import { readTime, toDate } from '../core/time.ts';

/** Times that one event is sent at most. */
export const webhookTries = 5;
/** Longest wait that a receiver can ask for, in milliseconds. */
const longestWait = 3_600_000;
const firstWait = 5_000;

/** What a status of the receiver means. Redirects are not followed, so they are refusals; so is everything that sending again cannot mend. */
export const meaningOf = (status: number): 'taken' | 'gone' | 'refused' | 'later' => {
  if (status >= 200 && status < 300) return 'taken';
  if (status === 410) return 'gone';
  return status >= 500 || [408, 425, 429].includes(status) ? 'later' : 'refused';
};

/**
 * Milliseconds to wait after the try of this number (from 1) failed: 5 s, 20 s, 80 s, 320 s, up to a fifth more or less, or what `Retry-After` (seconds or a date) asks for if that is longer. `undefined`
 * after the last try. `random` is from [0, 1), `now` an ISO time.
 */
export const waitAfterTry = (tried: number, retryAfter: string | undefined, now: string, random: number): number | undefined => {
  if (tried >= webhookTries) return undefined;
  const own = Math.round(firstWait * 4 ** (tried - 1) * (0.8 + 0.4 * random));
  return Math.max(own, Math.min(askedFor(retryAfter, now), longestWait));
};

const askedFor = (retryAfter: string | undefined, now: string): number => {
  const text = retryAfter?.trim() ?? '';
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1_000;
  const until = /^[A-Z][a-z]{2}, /.test(text) ? readTime(text) : undefined;
  return until === undefined ? 0 : Math.max(0, until - toDate(now).getTime());
};
