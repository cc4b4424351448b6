import { day, timeOf, writeTime } from '../core/time.ts';
import type { Schedule } from './schedule.ts';
import { parseCron } from './schedule-cron.ts';
import { walk } from './schedule-walk.ts';
import { momentOf, wallAt } from './schedule-zone.ts';

/** What of a schedule decides its slots. */
export type Plan = Pick<Schedule, 'cron' | 'timeZone' | 'preset' | 'anchor'>;

type Preset = NonNullable<Schedule['preset']>;

const crons: Readonly<Record<Preset, string>> = {
  weekly: '0 0 * * 0',
  'every-two-weeks': '0 0 * * 0',
  monthly: '0 0 1 * *',
  'every-two-months': '0 0 1 */2 *',
};
/** The five fields a preset stands for; `every-two-weeks` needs an anchor beside them. */
export const presetCron = (preset: Preset): string => crons[preset];

const daysSince1970 = (wall: number): number => Math.floor(wall / day);
/** 1970-01-04 was a Sunday. */
const daysSinceSunday = (days: number): number => (days + 4) % 7;

/** The anchor of `every-two-weeks`: the last Sunday on or before the day of registration, by the calendar of the zone. */
export const anchorOf = (registeredAt: string, timeZone: string): string => {
  const days = daysSince1970(wallAt(timeZone, timeOf(registeredAt)));
  return writeTime((days - daysSinceSunday(days)) * day).slice(0, 10);
};

const isDueWeek = ({ preset, anchor }: Plan, wall: number): boolean => {
  if (preset !== 'every-two-weeks') return true;
  if (anchor === undefined) throw new Error('a schedule of every two weeks has no anchor');
  return (daysSince1970(wall) - daysSince1970(timeOf(`${anchor}T00:00:00Z`))) % 14 === 0;
};

/** All slots later than `after`, in order. */
export function* slotsAfter(plan: Plan, after: string): Generator<string, void> {
  const cron = parseCron(plan.cron);
  if (!cron.ok) throw new Error(`a stored schedule cannot be read: ${cron.failure.say}`);
  let last = timeOf(after);
  // no slot after a moment has a wall time before what the clock shows at that moment, also while the clock is put back
  for (const wall of walk(cron.value, wallAt(plan.timeZone, last))) {
    if (!isDueWeek(plan, wall)) continue;
    const slot = momentOf(plan.timeZone, wall);
    // in an hour that comes a second time, and for all but the first slot that falls into one gap
    if (slot <= last) continue;
    last = slot;
    yield writeTime(slot);
  }
}

/** The slot that comes next after a moment; none when none is left. */
export const nextSlot = (plan: Plan, after: string): string | undefined => nextSlots(plan, after, 1)[0];

/** The next `count` slots after a moment. */
export const nextSlots = (plan: Plan, after: string, count: number): readonly string[] => [...slotsAfter(plan, after).take(count)];
