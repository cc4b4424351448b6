import { readTime } from '../core/time.ts';
import type { Waiver } from './waiver.ts';

/** Milliseconds until which a waiver holds: a bare date lasts to the end of that day, UTC. */
export const expiresAt = ({ expires }: Pick<Waiver, 'expires'>): number =>
  /^\d{4}-\d{2}-\d{2}$/.test(expires.trim()) ? (readTime(`${expires.trim()}T23:59:59.999Z`) as number) : (readTime(expires) as number);
