import { describe, expect, it } from 'vitest';
import { addMinutes, timeOf } from '../core/time.ts';
import { anchorOf, nextSlot, nextSlots, type Plan, presetCron } from './schedule-slots.ts';

/** `from` the day before the edge, and the slots that follow in UTC, to the minute. */
const slots = (plan: Plan, from: string, count: number): readonly string[] => nextSlots(plan, from, count).map((slot) => slot.slice(0, 16));

describe('edges of daylight saving', () => {
  it.each([
    // 00:00 does not exist: once, directly after the gap
    ['America/Santiago', '0 0 * * *', '2026-09-05T12:00:00Z', ['2026-09-06T04:00', '2026-09-07T03:00', '2026-09-08T03:00']],
    ['America/Havana', '0 0 * * *', '2026-03-07T12:00:00Z', ['2026-03-08T05:00', '2026-03-09T04:00', '2026-03-10T04:00']],
    ['Asia/Beirut', '0 0 * * *', '2026-03-28T12:00:00Z', ['2026-03-28T22:00', '2026-03-29T21:00', '2026-03-30T21:00']],
    ['Atlantic/Azores', '0 0 * * *', '2026-03-28T12:00:00Z', ['2026-03-29T01:00', '2026-03-30T00:00', '2026-03-31T00:00']],
    ['Atlantic/Azores', '30 0 * * *', '2026-03-28T12:00:00Z', ['2026-03-29T01:00', '2026-03-30T00:30', '2026-03-31T00:30']],
    // 00:00 comes twice: once, the first time
    ['America/Havana', '0 0 * * *', '2026-10-31T12:00:00Z', ['2026-11-01T04:00', '2026-11-02T05:00', '2026-11-03T05:00']],
    ['Atlantic/Azores', '0 0 * * *', '2026-10-24T12:00:00Z', ['2026-10-25T00:00', '2026-10-26T01:00', '2026-10-27T01:00']],
    // 02:30 in Zurich, both ways
    ['Europe/Zurich', '30 2 * * *', '2026-03-28T12:00:00Z', ['2026-03-29T01:00', '2026-03-30T00:30', '2026-03-31T00:30']],
    ['Europe/Zurich', '30 2 * * *', '2026-10-24T12:00:00Z', ['2026-10-25T00:30', '2026-10-26T01:30', '2026-10-27T01:30']],
    // half an hour only: 02:00 becomes 02:30, and 02:00 becomes 01:30
    ['Australia/Lord_Howe', '15 2 * * *', '2026-10-03T00:00:00Z', ['2026-10-03T15:30', '2026-10-04T15:15', '2026-10-05T15:15']],
    ['Australia/Lord_Howe', '45 1 * * *', '2026-04-04T00:00:00Z', ['2026-04-04T14:45', '2026-04-05T15:15', '2026-04-06T15:15']],
    // a whole day that did not exist
    ['Pacific/Apia', '0 12 * * *', '2011-12-29T12:00:00Z', ['2011-12-29T22:00', '2011-12-30T10:00', '2011-12-30T22:00']],
  ])('%s, %s after %s', (timeZone, cron, from, expected) => {
    expect(slots({ cron, timeZone }, from, expected.length)).toEqual(expected);
  });

  it('runs once where several slots fall into one gap, or onto its end', () => {
    const plan = { cron: '0,30 2,3 * * *', timeZone: 'Europe/Zurich' };
    expect(slots(plan, '2026-03-28T12:00:00Z', 3)).toEqual(['2026-03-29T01:00', '2026-03-29T01:30', '2026-03-30T00:00']);
  });

  it('passes the hour that comes a second time, wherever in it one asks', () => {
    const plan = { cron: '0 * * * *', timeZone: 'Europe/Zurich' };
    const passed = ['2026-10-25T00:00', '2026-10-25T02:00', '2026-10-25T03:00'];
    expect(slots(plan, '2026-10-24T23:59:59Z', 3)).toEqual(passed);
    for (const within of ['00:00:00', '00:59:59', '01:00:00', '01:30:00', '01:59:59'])
      expect(slots(plan, `2026-10-25T${within}Z`, 1)).toEqual(['2026-10-25T02:00']);
  });

  it('finds the slot after the gap from any moment before it', () => {
    const plan = { cron: '30 2 * * *', timeZone: 'Europe/Zurich' };
    for (const before of ['2026-03-28T01:30:00Z', '2026-03-29T00:59:59.999Z']) expect(slots(plan, before, 1)).toEqual(['2026-03-29T01:00']);
    expect(slots(plan, '2026-03-29T01:00:00Z', 1)).toEqual(['2026-03-30T00:30']);
  });
});

describe('the calendar', () => {
  it('is strictly after the moment, to the millisecond', () => {
    const plan = { cron: '0 0 * * *', timeZone: 'UTC' };
    expect(nextSlot(plan, '2026-01-01T00:00:00.000Z')).toBe('2026-01-02T00:00:00.000Z');
    expect(nextSlot(plan, '2025-12-31T23:59:59.999Z')).toBe('2026-01-01T00:00:00.000Z');
    expect(nextSlot(plan, '2026-01-01T00:00:00.001Z')).toBe('2026-01-02T00:00:00.000Z');
  });

  it('knows leap days, also over a year that is none', () => {
    const plan = { cron: '0 0 29 2 *', timeZone: 'UTC' };
    expect(slots(plan, '2026-11-27T00:00:00Z', 2)).toEqual(['2028-02-29T00:00', '2032-02-29T00:00']);
    expect(slots(plan, '2096-03-01T00:00:00Z', 1)).toEqual(['2104-02-29T00:00']);
  });

  it('has none left for a day that never comes', () => {
    expect(nextSlot({ cron: '0 0 31 2 *', timeZone: 'UTC' }, '2026-01-01T00:00:00Z')).toBeUndefined();
  });

  it('takes either day field where both are given', () => {
    const plan = { cron: '0 0 13 * 5', timeZone: 'UTC' };
    expect(slots(plan, '2026-10-08T12:00:00Z', 3)).toEqual(['2026-10-09T00:00', '2026-10-13T00:00', '2026-10-16T00:00']);
  });

  it('cannot read what no rule let in', () => {
    expect(() => nextSlot({ cron: 'daily', timeZone: 'UTC' }, '2026-01-01T00:00:00Z')).toThrow('cannot be read');
  });
});

describe('presets', () => {
  const of = (preset: NonNullable<Plan['preset']>, more: Partial<Plan> = {}): Plan => ({
    preset,
    cron: presetCron(preset),
    timeZone: 'Europe/Zurich',
    ...more,
  });

  it('runs weekly on Sunday, monthly on day 1, every two months from January', () => {
    expect(slots(of('weekly', { timeZone: 'UTC' }), '2026-11-27T00:00:00Z', 2)).toEqual(['2026-11-29T00:00', '2026-12-06T00:00']);
    expect(slots(of('monthly', { timeZone: 'UTC' }), '2026-11-27T00:00:00Z', 2)).toEqual(['2026-12-01T00:00', '2027-01-01T00:00']);
    expect(slots(of('every-two-months', { timeZone: 'UTC' }), '2026-11-27T00:00:00Z', 3)).toEqual([
      '2027-01-01T00:00',
      '2027-03-01T00:00',
      '2027-05-01T00:00',
    ]);
  });

  it('counts two weeks from its anchor, over both changes of the clock and the turn of the year', () => {
    const plan = of('every-two-weeks', { anchor: '2026-10-11' });
    expect(slots(plan, '2026-10-01T00:00:00Z', 3)).toEqual(['2026-10-10T22:00', '2026-10-24T22:00', '2026-11-07T23:00']);
    expect(slots(plan, '2026-12-25T00:00:00Z', 2)).toEqual(['2027-01-02T23:00', '2027-01-16T23:00']);
    // and before it
    expect(slots(plan, '2026-09-01T00:00:00Z', 2)).toEqual(['2026-09-12T22:00', '2026-09-26T22:00']);
    expect(slots(of('every-two-weeks', { anchor: '2026-10-18' }), '2026-10-01T00:00:00Z', 2)).toEqual([
      '2026-10-03T22:00',
      '2026-10-17T22:00',
    ]);
  });

  it.each([
    ['America/Santiago', '2026-09-06', '2026-09-06T04:00'],
    ['America/Havana', '2026-03-08', '2026-03-08T05:00'],
    ['America/Havana', '2026-11-01', '2026-11-01T04:00'],
    ['Asia/Beirut', '2026-03-29', '2026-03-28T22:00'],
    ['Atlantic/Azores', '2026-03-29', '2026-03-29T01:00'],
    ['Atlantic/Azores', '2026-10-25', '2026-10-25T00:00'],
  ])('stays on its Sunday where midnight of that Sunday is an edge: %s, %s', (timeZone, anchor, expected) => {
    const plan = of('every-two-weeks', { timeZone, anchor });
    const before = addMinutes(`${anchor}T12:00:00Z`, -48 * 60);
    const [first = '', second = ''] = nextSlots(plan, before, 2);
    expect(first.slice(0, 16)).toBe(expected);
    expect(Math.round((timeOf(second) - timeOf(first)) / 86_400_000)).toBe(14);
  });

  it('needs an anchor for two weeks', () => {
    expect(() => nextSlot(of('every-two-weeks'), '2026-01-01T00:00:00Z')).toThrow('no anchor');
  });

  it.each([
    ['2026-11-27T12:00:00Z', 'UTC', '2026-11-22'],
    ['2026-11-22T00:00:00Z', 'UTC', '2026-11-22'],
    ['2026-11-21T23:59:59Z', 'UTC', '2026-11-15'],
    // the calendar of the zone decides: it is Sunday already, or still Saturday
    ['2026-11-21T23:30:00Z', 'Europe/Zurich', '2026-11-22'],
    ['2026-11-22T02:00:00Z', 'America/New_York', '2026-11-15'],
    ['2026-11-22T05:00:00Z', 'America/New_York', '2026-11-22'],
  ])('anchors what was registered at %s in %s on %s', (registeredAt, timeZone, anchor) => {
    expect(anchorOf(registeredAt, timeZone)).toBe(anchor);
  });
});
