import { succeed } from '../../core/failure.ts';
import { hour, timeOf } from '../../core/time.ts';
import type { ScanRunPorts } from './ports.ts';

/**
 * Writes down when waivers were last used, for the list of those that nobody needs any more. To the hour: one waiver may mark findings of every cluster of a project, and their scans end together. It is a
 * convenience for people, so a run does not fail for it.
 */
export const noteWaiversUsed = async (
  { records, log }: Pick<ScanRunPorts, 'records' | 'log'>,
  projectId: string,
  ids: readonly string[],
  at: string,
): Promise<void> => {
  for (const id of ids) {
    const noted = await records.waivers.update({ projectId, id }, (waiver) => {
      const { lastUsedAt } = waiver;
      const isFresh = lastUsedAt !== undefined && timeOf(at) - timeOf(lastUsedAt) < hour;
      return succeed(isFresh ? waiver : { ...waiver, lastUsedAt: at });
    });
    if (!noted.ok) log('WAIVER_USE_NOT_NOTED', { projectId, waiverId: id, reason: noted.failure.say });
  }
};
