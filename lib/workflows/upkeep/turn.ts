import { createHash } from 'node:crypto';
import { timeOf } from '../../core/time.ts';
import type { RecordStore } from '../../ports/record-store.ts';

/** A period's turn of some work. */
export interface Turn {
  /** Where an earlier part of this turn ended; absent at its beginning. */
  readonly after?: string;
  /** Writes down how far it came: up to a place, or to the end. False when somebody else wrote meanwhile. */
  done(upTo?: string): Promise<boolean>;
}

/** Periods of different work begin at different times, each always at the same, so that not everything comes at once. */
const offsetOf = (name: string, length: number): number => createHash('sha256').update(name).digest().readUInt32BE() % length;

/**
 * The turn of this period, unless it was taken to its end. What was missed while the service did not run is due at once, and nothing is done twice for it: one record says how far it is, whoever ticks.
 */
export const takeTurn = async (store: RecordStore, name: string, length: number, now: string): Promise<Turn | undefined> => {
  const key = { pk: 'UPKEEP', sk: name };
  const period = Math.floor((timeOf(now) - offsetOf(name, length)) / length);
  const there = await store.get(key);
  const { period: last, after } = there?.data ?? {};
  const isThisPeriod = typeof last === 'number' && last >= period;
  if (isThisPeriod && typeof after !== 'string') return undefined;
  return {
    ...(isThisPeriod && typeof after === 'string' ? { after } : {}),
    done: async (upTo) => {
      const expiresAt = Math.ceil((timeOf(now) + 2 * length) / 1000);
      const record = { ...key, expiresAt, data: { period, ...(upTo === undefined ? {} : { after: upTo }) } };
      const written = await store.put(record, there ? { revision: there.revision } : { absent: true });
      return written.ok;
    },
  };
};
