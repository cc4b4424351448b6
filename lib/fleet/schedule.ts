import { z } from 'zod';
import { ScanKind } from '../reports/report.ts';
import { ScanOptions } from './cluster.ts';
import { ClusterId, isoTime, ProjectId, TimeZone } from './common.ts';

export const schedulePresets = ['weekly', 'every-two-weeks', 'monthly', 'every-two-months'] as const;
export const SchedulePreset = z.enum(schedulePresets).meta({
  id: 'SchedulePreset',
  description:
    '`weekly`: Sunday 00:00 · `every-two-weeks`: every second Sunday 00:00, counted from the week of registration · `monthly`: day 1, 00:00 · `every-two-months`: day 1 of January, March, …, 00:00.',
});

/** What a person asks for: a preset, or five fields of cron. */
export const ScheduleRequest = z
  .strictObject({
    preset: SchedulePreset.optional(),
    cron: z.string().trim().max(100).optional().describe('Minute, hour, day of month, month, day of week: exactly five fields.'),
    timeZone: TimeZone.optional().describe('IANA time zone; else that of the cluster.'),
    paused: z.boolean().default(false).describe('Keeps the schedule without running it; slots that pass are not recorded.'),
    jitterMinutes: z
      .int()
      .min(0)
      .max(240)
      .default(0)
      .describe('Spreads starts: each cluster starts up to so many minutes after the slot, always the same for one cluster and kind.'),
    options: ScanOptions.prefault({}),
  })
  .refine(({ preset, cron }) => (preset === undefined) !== (cron === undefined), { message: 'needs either `preset` or `cron`' })
  .meta({ id: 'ScheduleRequest', description: 'When to scan by itself.' });
export type ScheduleRequest = z.infer<typeof ScheduleRequest>;

export const Schedule = z
  .object({
    projectId: ProjectId,
    clusterId: ClusterId,
    kind: ScanKind,
    preset: SchedulePreset.optional(),
    cron: z.string().describe('The five fields in force; for a preset, those it stands for.'),
    timeZone: TimeZone,
    anchor: z.iso.date().optional().describe('For `every-two-weeks`: a Sunday on which it runs.'),
    paused: z.boolean(),
    jitterMinutes: z.int(),
    options: ScanOptions,
    nextSlot: isoTime('The slot that comes next; none while paused, or when no slot is left').optional(),
    nextRunAt: isoTime('That slot with its jitter').optional(),
    lastSlot: isoTime('The slot that was dispatched last').optional(),
    createdAt: isoTime('When it was made'),
    updatedAt: isoTime('When it was changed'),
  })
  .meta({ id: 'Schedule', description: 'The schedule of one kind of scan on one cluster.' });
export type Schedule = z.infer<typeof Schedule>;
