import { timeOf } from '../core/time.ts';
import type { Clock } from '../ports/clock.ts';
import { Refusal } from './refusal.ts';

/** A bucket of tokens: `burst` at once, refilled `perSecond`. */
export interface Rate {
  readonly burst: number;
  readonly perSecond: number;
}
interface Bucket {
  tokens: number;
  at: number;
}
/** Buckets kept at most; a full bucket says nothing and is forgotten first. */
const most = 10_000;

/**
 * Takes one token per call from the bucket of `who`, or refuses with the seconds to wait. In memory: behind Lambda each instance counts for itself, and API Gateway throttles the whole.
 */
export const createRateLimit = (rate: Rate, clock: Clock) => {
  const buckets = new Map<string, Bucket>();
  const tokensIn = (bucket: Bucket, now: number) =>
    Math.min(rate.burst, bucket.tokens + (Math.max(0, now - bucket.at) / 1000) * rate.perSecond);
  const makeRoom = (now: number) => {
    if (buckets.size < most) return;
    for (const [who, bucket] of buckets) if (tokensIn(bucket, now) >= rate.burst) buckets.delete(who);
    // all of them in use: the one that waited longest goes
    const [oldest] = buckets.keys();
    if (buckets.size >= most && oldest !== undefined) buckets.delete(oldest);
  };
  const refuseUnlessOne = (tokens: number): void => {
    if (tokens >= 1) return;
    const seconds = Math.max(1, Math.ceil((1 - tokens) / rate.perSecond));
    throw new Refusal('rate-limited', `Too many requests; wait ${seconds} s and send fewer.`, {
      headers: { 'retry-after': String(seconds) },
    });
  };
  const take = (who: string): void => {
    const now = timeOf(clock.now());
    const there = buckets.get(who);
    if (!there) makeRoom(now);
    const tokens = there ? tokensIn(there, now) : rate.burst;
    buckets.delete(who);
    buckets.set(who, { tokens: tokens >= 1 ? tokens - 1 : tokens, at: now });
    refuseUnlessOne(tokens);
  };
  /** Refuses who has no token left, and takes none. */
  const look = (who: string): void => {
    const there = buckets.get(who);
    if (there) refuseUnlessOne(tokensIn(there, timeOf(clock.now())));
  };
  return Object.assign(take, { look });
};
export type RateLimit = ReturnType<typeof createRateLimit>;

/** What one address is: with IPv6 a customer holds at least a /64, so that is what counts. */
export const networkOf = (address: string): string => {
  const plain = address.replace(/^::ffff:/i, '');
  if (!plain.includes(':')) return plain;
  const [head = '', tail] = plain.split('::');
  const left = head.split(':').filter(Boolean);
  const right = (tail ?? '').split(':').filter(Boolean);
  const groups = tail === undefined ? left : [...left, ...Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0'), ...right];
  return `${groups.slice(0, 4).join(':')}::/64`;
};
