import { z } from 'zod';
import { isoTime } from '../../fleet/common.ts';
import { Schedule } from '../../fleet/schedule.ts';
import { ScanKind } from '../../reports/report.ts';
import { OfCluster } from './shared.ts';

export { Schedule, ScheduleRequest } from '../../fleet/schedule.ts';
export { OfCluster } from './shared.ts';

export const OfKind = OfCluster.extend({ kind: ScanKind });
export const Schedules = z.object({ items: z.array(Schedule) });
export const Preview = z.object({
  slots: z
    .array(
      z.object({
        slot: isoTime('The slot'),
        runAt: isoTime('The slot with its jitter'),
        local: z.string().describe('The slot as the clock on the wall shows it, with its offset.'),
      }),
    )
    .describe('The next slots, at most five.'),
});
