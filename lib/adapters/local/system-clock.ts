import { randomBytes } from 'node:crypto';
import type { Clock } from '../../ports/clock.ts';

/** The machine's time, and ids from its cryptographic source. */
export const systemClock: Clock = {
  now: () => new Date().toISOString(),
  id: () => randomBytes(16).toString('hex'),
};
