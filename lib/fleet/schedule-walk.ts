import { Cron as Croner } from 'croner';
import { day, fromDate, minute, timeOf, toDate, writeTime } from '../core/time.ts';
import type { Cron } from './schedule-cron.ts';

// croner walks the calendar of a clock that is never put forward or back (UTC). What the clocks of a zone do to it is ours: schedule-zone.ts.
// It gets lists of numbers only, so that no extension of its own dialect can come in.

const list = (values: readonly number[] | undefined): string => values?.join(',') ?? '*';
const pattern = ({ minutes, hours, daysOfMonth, months, daysOfWeek }: Cron): string =>
  [minutes, hours, daysOfMonth, months, daysOfWeek].map(list).join(' ');

/** Times of the calendar (milliseconds, as if it were UTC) that fit, each later than `after`, in order. */
export function* walk(cron: Cron, after: number): Generator<number, void> {
  const croner = new Croner(pattern(cron), { utcOffset: 0, paused: true });
  for (let next = croner.nextRun(toDate(writeTime(after))); next !== null; next = croner.nextRun(next)) yield timeOf(fromDate(next));
}

/** After this many years a calendar has shown which days can follow each other: a 29 February, or one on every day of the week. */
const yearsToLook = ({ daysOfWeek }: Cron): number => (daysOfWeek ? 29 : 9);
const anySunday = timeOf('2026-01-04T00:00:00Z');

const hasNeighbours = (cron: Cron): boolean => {
  const end = anySunday + yearsToLook(cron) * 366 * day;
  let before = Number.NEGATIVE_INFINITY;
  for (const date of walk({ ...cron, minutes: [0], hours: [0] }, anySunday)) {
    if (date - before === day) return true;
    if (date > end) return false;
    before = date;
  }
  return false;
};

/**
 * Minutes between the two slots that lie closest together by the calendar, found exactly: within a day by its times, across midnight by looking
 * whether two days that fit ever follow each other. Spacings of a day and more are all the same here. By the calendar, not by the sun: "daily"
 * stays daily on the day that has 23 hours.
 */
export const closestMinutes = (cron: Cron): number => {
  const times = cron.hours.flatMap((hour) => cron.minutes.map((minuteOfHour) => hour * 60 + minuteOfHour));
  const withinDay = times.slice(1).map((time, index) => time - (times[index] as number));
  const acrossMidnight = day / minute - (times.at(-1) as number) + (times[0] as number);
  const closest = Math.min(...withinDay, day / minute);
  return acrossMidnight < closest && hasNeighbours(cron) ? acrossMidnight : closest;
};
