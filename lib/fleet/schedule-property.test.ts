import { describe, expect, it } from 'vitest';
import { day, hour, timeOf, writeTime } from '../core/time.ts';
import { parseCron } from './schedule-cron.ts';
import { nextSlot, slotsAfter } from './schedule-slots.ts';
import { closestMinutes } from './schedule-walk.ts';
import { momentOf, wallAt } from './schedule-zone.ts';

// What must hold everywhere is shown against a second way to count: look at the clock of the zone minute by minute, or at every quarter of an hour.

const zones = [
  'UTC',
  'Europe/Zurich',
  'Europe/Dublin',
  'Africa/Casablanca',
  'Africa/Cairo',
  'America/New_York',
  'America/St_Johns',
  'America/Havana',
  'America/Santiago',
  'Asia/Beirut',
  'Asia/Kathmandu',
  'Asia/Gaza',
  'Atlantic/Azores',
  'Australia/Lord_Howe',
  'Pacific/Chatham',
  'Pacific/Kiritimati',
];
const crons = ['0 1-3 * * *', '30 2 * * *', '0 0 * * 0', '15,45 0,2 * * *', '0 0 29 2 *', '45 1,2 1-7 * 1', '0 3 1 */2 *'];
const step = hour / 4;
const from = timeOf('2026-01-01T00:00:00Z');
const to = timeOf('2029-01-01T00:00:00Z');

/** What the clock shows at every quarter of an hour. On a day that begins and ends with the same offset it is not asked again. */
const watchClock = (timeZone: string): readonly number[] => {
  const walls: number[] = [];
  const offset = (moment: number) => wallAt(timeZone, moment) - moment;
  for (let midnight = from; midnight < to; midnight += day) {
    const ofDay = offset(midnight) === offset(midnight + day) ? offset(midnight) : undefined;
    for (let moment = midnight; moment < midnight + day; moment += step) walls.push(moment + (ofDay ?? offset(moment)));
  }
  return walls;
};

const fits = (text: string): ((wall: number) => boolean) => {
  const cron = parseCron(text);
  if (!cron.ok) throw new Error(cron.failure.say);
  const { minutes, hours, daysOfMonth, months, daysOfWeek } = cron.value;
  return (wall) => {
    const shown = new Date(wall);
    const ofMonth = daysOfMonth?.includes(shown.getUTCDate());
    const ofWeek = daysOfWeek?.includes(shown.getUTCDay());
    const isDay = ofMonth === undefined || ofWeek === undefined ? (ofMonth ?? ofWeek ?? true) : ofMonth || ofWeek;
    return (
      isDay && minutes.includes(shown.getUTCMinutes()) && hours.includes(shown.getUTCHours()) && months.includes(shown.getUTCMonth() + 1)
    );
  };
};

/** The slots, found by watching the clock: it shows a time that fits for the first time, or has just leapt over one or more. */
const watch = (matches: (wall: number) => boolean, walls: readonly number[]): readonly number[] => {
  const found: number[] = [];
  let furthest = (walls[0] as number) - 1;
  for (const [index, wall] of walls.entries()) {
    let isSlot = false;
    for (let passed = Math.ceil((furthest + 1) / step) * step; passed <= wall; passed += step) isSlot ||= matches(passed);
    if (isSlot) found.push(from + index * step);
    furthest = Math.max(furthest, wall);
  }
  return found;
};

describe.each(zones)('%s', (timeZone) => {
  const walls = watchClock(timeZone);

  it.each(crons)('%s: in order, once each, none lost, over three years', (cron) => {
    const slots: number[] = [];
    for (const slot of slotsAfter({ cron, timeZone }, writeTime(from - 1))) {
      if (timeOf(slot) >= to) break;
      slots.push(timeOf(slot));
    }
    expect(slots).toEqual(watch(fits(cron), walls));
    expect(slots.every((slot, index) => index === 0 || slot > (slots[index - 1] as number))).toBe(true);
    const shown = slots.map((slot) => wallAt(timeZone, slot));
    expect(new Set(shown).size).toBe(shown.length);
  });

  it('gives the same slot from wherever one asks before it', () => {
    const plan = { cron: '30 2 * * *', timeZone };
    let expected = nextSlot(plan, writeTime(from)) as string;
    for (let at = from; at < from + 365 * day; at += 11 * hour + 60_000) {
      const slot = nextSlot(plan, writeTime(at)) as string;
      expect(timeOf(slot)).toBeGreaterThan(at);
      if (at < timeOf(expected)) expect(slot).toBe(expected);
      expected = slot;
    }
  });

  it('finds the moment of every time that its clock shows, the first if there are two', () => {
    const first = new Map<number, number>();
    for (const [index, wall] of walls.entries()) if (!first.has(wall)) first.set(wall, from + index * step);
    // the hours around each change of the clock, and every tenth hour besides
    const offsetAt = (index: number) => (walls[index] ?? 0) - index * step;
    const isNearChange = (index: number) =>
      [-12, -6, 6, 12].some((away) => index + away >= 0 && offsetAt(index) !== offsetAt(index + away));
    const asked = [...first].filter(([, moment], index) => index % 41 === 0 || isNearChange((moment - from) / step));
    const wrong = asked.filter(([wall, moment]) => momentOf(timeZone, wall) !== moment);
    expect(wrong).toEqual([]);
  });
});

describe('closestMinutes', () => {
  const closest = (text: string): number => {
    const cron = parseCron(text);
    return cron.ok ? closestMinutes(cron.value) : Number.NaN;
  };
  /** The same by walking 30 years of slots. */
  const measured = (text: string): number => {
    let least = day;
    let before = Number.NEGATIVE_INFINITY;
    for (const slot of slotsAfter({ cron: text, timeZone: 'UTC' }, writeTime(from))) {
      if (timeOf(slot) > from + 30 * 366 * day) break;
      least = Math.min(least, timeOf(slot) - before);
      before = timeOf(slot);
    }
    return least / 60_000;
  };

  it.each([
    ['*/5 0 1 1 *', 5],
    ['0 */7 1-2 1 *', 180], // 21:00 to 00:00
    ['0 */7 1,3 1 *', 420], // never two days in a row
    ['0 0,23 2-28/2 2 *', 1380],
    ['0 0,23 31 1 *', 1380],
    ['0 0,23 1-31/2 1,2 *', 60], // day 31, then day 1
    ['0 0,23 28,29 2 *', 60], // in leap years only
    ['0 0,23 29 2 0', 60], // in a leap year whose 29 February is a Saturday or a Monday
    ['0 0 * 2 *', 1440],
    ['0 12 1 * *', 1440],
    ['30 1,13 * 1 *', 720],
  ])('%s: %i min', (text, minutes) => {
    expect(closest(text)).toBe(minutes);
    expect(measured(text)).toBe(minutes);
  });

  it('has no day to look across where none ever comes', () => {
    expect(closest('0 0,23 31 2 *')).toBe(1380);
  });
});
