import { day, readTime } from '../../core/time.ts';

/** Days after which a certificate counts as soon to expire. */
export const soonDays = 30;

/** Whole days from now until a time, negative once it has passed; undefined when either is no time. */
export const daysUntil = (notAfter: string, now: string): number | undefined => {
  const [end, start] = [readTime(notAfter), readTime(now)];
  return end === undefined || start === undefined ? undefined : Math.floor((end - start) / day);
};

/** `expired on 2026-11-20` or `expires on 2026-12-01, in 8 days`. */
export const expiryText = (notAfter: string, days: number): string => {
  const date = notAfter.slice(0, 10);
  return days < 0 ? `expired on ${date}` : `expires on ${date}, in ${days} ${days === 1 ? 'day' : 'days'}`;
};
