import type { RecordStore } from '../../ports/record-store.ts';
import type { ScanRun, ScanStarter } from '../../ports/scan-starter.ts';
import type { ScanRunPorts } from '../scan-run/ports.ts';

/** What upkeep works with. */
export interface UpkeepPorts extends Pick<ScanRunPorts, 'records' | 'secrets' | 'events' | 'clock' | 'log'> {
  /** Short-lived records: what was done when. */
  readonly shortLived: RecordStore;
  readonly starter: ScanStarter;
  /** Whether the durable run of a scan exists and has not ended. Where nobody knows (`undefined`, or without it) time alone decides. */
  isAlive?(run: ScanRun): Promise<boolean | undefined>;
  /** Objects whose retention has passed are removed from it. None where the store does so by itself, as the life cycle of a bucket does. */
  readonly objects?: ScanRunPorts['objects'];
  /** Removes what has expired or ended long ago from the disk; answers how much, for the log. */
  sweep?(now: string): Readonly<Record<string, number>>;
}

/** Does something for each, a few at a time. */
export const eachOf = async <T>(items: readonly T[], atOnce: number, work: (item: T) => Promise<void>): Promise<void> => {
  for (let at = 0; at < items.length; at += atOnce) await Promise.all(items.slice(at, at + atOnce).map(work));
};

/** Does a part of the work; what breaks there is logged, and the other parts go on. What was left is done the next time. */
export const orLog = async <T>({ log }: Pick<UpkeepPorts, 'log'>, what: string, work: () => Promise<T>): Promise<T | undefined> => {
  try {
    return await work();
  } catch (error) {
    log('UPKEEP_FAILED', { what, reason: error instanceof Error ? error.message : String(error) });
    return undefined;
  }
};
