import { expect, it } from 'vitest';
import { addDays, addMinutes, fromDate, readTime, timeOf, toDate, writeTime } from './time.ts';

it('reads a time, and says when a text is none', () => {
  expect(readTime('1970-01-01T00:00:01Z')).toBe(1000);
  expect(readTime('soon')).toBeUndefined();
  expect(timeOf('1970-01-01T00:00:01Z')).toBe(1000);
  expect(() => toDate('soon')).toThrow('not an ISO 8601 time: soon');
});

it('writes times in UTC with milliseconds', () => {
  expect(writeTime(1000)).toBe('1970-01-01T00:00:01.000Z');
  expect(fromDate(toDate('2026-03-29T02:30:00+02:00'))).toBe('2026-03-29T00:30:00.000Z');
});

it('adds minutes and days', () => {
  expect(addMinutes('2026-12-31T23:59:00Z', 2)).toBe('2027-01-01T00:01:00.000Z');
  expect(addDays('2028-02-28T12:00:00Z', 1)).toBe('2028-02-29T12:00:00.000Z');
});
