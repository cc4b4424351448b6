import { addDays, timeOf } from '../core/time.ts';
import type { Retention } from './project.ts';
import { isFinal, type ScanRecord } from './scan.ts';

// Two spans: how long a scan is listed, and how long what it stored is kept. Evidence stays locked for its span whatever else happens: a person may
// take a scan off the list, a cluster or a project may be removed, and an auditor still finds the files. A span that is made shorter later does not
// shorten a lock that was set; one that is made longer keeps files beyond their lock.

type Listed = Pick<ScanRecord, 'state' | 'queuedAt' | 'endedAt'>;

/** Until when the files of a scan are locked, as it was decided when they were stored. */
export const lockedUntil = ({ queuedAt }: Pick<ScanRecord, 'queuedAt'>, { reportsDays }: Retention): string =>
  addDays(queuedAt, reportsDays);

/** From when on the record of a scan need not be listed any more; none while it has not ended. */
export const unlistedFrom = ({ state, queuedAt, endedAt = queuedAt }: Listed, { runsDays }: Retention): string | undefined =>
  isFinal(state) ? addDays(endedAt, runsDays) : undefined;

/** Whether the record of a scan may go at a moment. */
export const mayDropRecord = (scan: Listed, retention: Retention, now: string): boolean => {
  const from = unlistedFrom(scan, retention);
  return from !== undefined && timeOf(now) >= timeOf(from);
};

/** Whether the files of a scan may go: the span of the project has passed, and so has the lock of each file. */
export const mayDropFiles = (
  scan: Pick<ScanRecord, 'queuedAt'>,
  retention: Retention,
  now: string,
  locks: readonly string[] = [],
): boolean => [lockedUntil(scan, retention), ...locks].every((until) => timeOf(now) >= timeOf(until));
