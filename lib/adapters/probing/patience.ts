import { type Door, doorKey } from '../../core/probing/index.ts';
import type { ProbeLimits } from './limits.ts';

export interface Patience {
  /** Whether a door, its address, or all together have kept the scan waiting for too long. */
  isOver(door: Door): boolean;
  /** An exchange with a door took so long. */
  spend(door: Door, ms: number): void;
}

/**
 * Bounds what servers can make a scan last: each exchange ends in time, but there are hundreds of questions to a door, and whoever answers each at the last moment, or never, would
 * else hold up the scan of all others until it is given up.
 */
export const createPatience = (limits: Pick<ProbeLimits, 'doorMs' | 'slowMs' | 'slowPerTargetMs' | 'slowInAllMs'>): Patience => {
  const ofDoors = new Map<string, number>();
  const ofTargets = new Map<string, number>();
  let inAll = 0;
  return {
    isOver: (door) =>
      (ofDoors.get(doorKey(door)) ?? 0) >= limits.doorMs ||
      (ofTargets.get(door.address) ?? 0) >= limits.slowPerTargetMs ||
      inAll >= limits.slowInAllMs,
    spend: (door, ms) => {
      ofDoors.set(doorKey(door), (ofDoors.get(doorKey(door)) ?? 0) + ms);
      if (ms < limits.slowMs) return;
      ofTargets.set(door.address, (ofTargets.get(door.address) ?? 0) + ms);
      inAll += ms;
    },
  };
};
