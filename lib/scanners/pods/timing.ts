/** Time as an input, so that tests need not wait. */
export interface Timing {
  /** Current time, ISO 8601. */
  now(): string;
  /** Waits; ends early when the signal is aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** Milliseconds before the next look, growing: a pod takes a second or two, and one that takes longer takes much longer. */
export const nextWait = (attempt: number): number => Math.min(250 * 1.5 ** attempt, 2_000);
