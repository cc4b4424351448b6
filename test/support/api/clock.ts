import { randomBytes } from 'node:crypto';
import type { Clock } from '../../../lib/ports/clock.ts';

export interface TestClock extends Clock {
  /** Lets time pass. */
  advance(seconds: number): void;
}

/** A clock that stands still until it is moved. Begins at the given time. */
export const testClock = (start = '2026-11-27T12:00:00.000Z'): TestClock => {
  let ms = Date.parse(start);
  return {
    now: () => new Date(ms).toISOString(),
    id: () => randomBytes(16).toString('hex'),
    advance: (seconds) => {
      ms += seconds * 1000;
    },
  };
};
