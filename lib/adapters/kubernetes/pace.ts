import { setTimeout as sleep } from 'node:timers/promises';

/** Waits, or ends early when the signal fires; says whether the whole time has passed. */
export const pause = async (ms: number, signal?: AbortSignal): Promise<boolean> => {
  if (signal?.aborted) return false;
  try {
    await sleep(ms, undefined, signal && { signal });
    return true;
  } catch {
    return false;
  }
};

/**
 * Keeps a client under `perSecond` requests, with a reserve of `burst` that may be used at once (a token bucket). Calling it waits for a turn and says
 * whether it came, which it does not when the signal fires first.
 */
export const pacer = (perSecond: number, burst: number): ((signal?: AbortSignal) => Promise<boolean>) => {
  let reserve = burst;
  let at = performance.now();
  return async (signal) => {
    const now = performance.now();
    reserve = Math.min(burst, reserve + ((now - at) / 1_000) * perSecond) - 1;
    at = now;
    return reserve >= 0 || pause((-reserve / perSecond) * 1_000, signal);
  };
};
