import { setTimeout as sleep } from 'node:timers/promises';
import type { ProbeLimits } from './limits.ts';

/** What pacing knows of time. */
export interface Clock {
  /** Milliseconds since any moment; never goes back. */
  now(): number;
  sleep(ms: number): Promise<void>;
}

export const systemClock: Clock = { now: () => performance.now(), sleep: (ms) => sleep(ms) };

export interface Turns {
  /** Waits until it is this target's turn; the function that comes back ends the turn. Nothing comes back once all is over. */
  take(target: string): Promise<(() => void) | undefined>;
  /** Sends everybody home who waits, now and later. */
  end(): void;
}

interface Waiting {
  readonly target: string;
  readonly call: (endTurn: (() => void) | undefined) => void;
}

/** Seconds of unused rate that may be used up in one go. */
const burstSeconds = 0.1;

/** Deals out turns first come, first served, but lets others pass whoever waits for a target that is busy. */
export const createTurns = (
  { perSecond, atOnce, atOncePerTarget }: Pick<ProbeLimits, 'perSecond' | 'atOnce' | 'atOncePerTarget'>,
  clock: Clock = systemClock,
): Turns => {
  const burst = Math.max(1, perSecond * burstSeconds);
  const waiting: Waiting[] = [];
  const busy = new Map<string, number>();
  let inAll = 0;
  let reserve = burst;
  let at = clock.now();
  let sleeping = false;
  let isOver = false;

  const refill = (): void => {
    const now = clock.now();
    reserve = Math.min(burst, reserve + ((now - at) / 1_000) * perSecond);
    at = now;
  };
  const count = (target: string, by: 1 | -1): void => {
    const left = (busy.get(target) ?? 0) + by;
    if (left === 0) busy.delete(target);
    else busy.set(target, left);
    inAll += by;
  };
  const start = ({ target, call }: Waiting): void => {
    reserve -= 1;
    count(target, 1);
    let ended = false;
    call(() => {
      if (ended) return;
      ended = true;
      count(target, -1);
      deal();
    });
  };
  const wakeLater = (): void => {
    if (sleeping) return;
    sleeping = true;
    // a little more than needed, so that rounding does not wake it for nothing
    void clock.sleep(Math.ceil(((1 - reserve) / perSecond) * 1_000) + 1).then(() => {
      sleeping = false;
      deal();
    });
  };
  const deal = (): void => {
    refill();
    while (!isOver && inAll < atOnce) {
      const index = waiting.findIndex(({ target }) => (busy.get(target) ?? 0) < atOncePerTarget);
      if (index === -1) return;
      if (reserve < 1) {
        wakeLater();
        return;
      }
      const [next] = waiting.splice(index, 1);
      if (next) start(next);
    }
  };
  return {
    take: (target) =>
      new Promise((call) => {
        if (isOver) return call(undefined);
        waiting.push({ target, call });
        deal();
      }),
    end: () => {
      isOver = true;
      for (const { call } of waiting.splice(0)) call(undefined);
    },
  };
};
