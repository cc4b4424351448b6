import type { NoAnswer } from '../../core/probing/index.ts';

/** No answer, and why. */
export const noAnswer = (why: NoAnswer['why'], detail: string): NoAnswer => ({ is: 'none', why, detail });

export const seconds = (ms: number): string => `${ms / 1_000} s`;

/** How an exchange ends before its time or at the end of it, whatever is going on in it. */
export interface Ending {
  /** Aborts when it ends. */
  readonly signal: AbortSignal;
  /** Why it ended. */
  readonly why: () => NoAnswer;
  end(why: NoAnswer): void;
  /** Stops the clock. */
  clear(): void;
}

export const startEnding = (wholeMs: number): Ending => {
  const controller = new AbortController();
  let why = noAnswer('cancelled', 'ended');
  const end = (reason: NoAnswer): void => {
    if (controller.signal.aborted) return;
    why = reason;
    controller.abort();
  };
  const timer = setTimeout(() => end(noAnswer('timed-out', `not over after ${seconds(wholeMs)}`)), wholeMs);
  return { signal: controller.signal, why: () => why, end, clear: () => clearTimeout(timer) };
};

export interface Waiter<T> {
  /** The first call counts. */
  settle(value: T | NoAnswer): void;
  /** The answer has begun: from now on only the whole exchange is timed. */
  begun(): void;
}

export interface WaitLimits {
  readonly ending: Ending;
  readonly withinMs: number;
  /** What it is when nothing begins in time. */
  readonly late: NoAnswer;
}

/** Waits for what `start` settles; the end of the time and of the exchange settle it too. */
export const waitFor = <T>({ ending, withinMs, late }: WaitLimits, start: (waiter: Waiter<T>) => void): Promise<T | NoAnswer> =>
  new Promise((resolve) => {
    if (ending.signal.aborted) return resolve(ending.why());
    const settle = (value: T | NoAnswer): void => {
      clearTimeout(timer);
      ending.signal.removeEventListener('abort', onEnd);
      resolve(value);
    };
    const onEnd = (): void => settle(ending.why());
    const timer = setTimeout(() => settle(late), withinMs);
    ending.signal.addEventListener('abort', onEnd, { once: true });
    start({ settle, begun: () => clearTimeout(timer) });
  });
