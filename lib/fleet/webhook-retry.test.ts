import { expect, it } from 'vitest';
import { meaningOf, waitAfterTry } from './webhook-retry.ts';

const now = '2026-11-27T10:00:00.000Z';

it('waits longer after every try, and not after the fifth', () => {
  expect([1, 2, 3, 4, 5].map((tried) => waitAfterTry(tried, undefined, now, 0.5))).toEqual([5_000, 20_000, 80_000, 320_000, undefined]);
  expect([waitAfterTry(1, undefined, now, 0), waitAfterTry(1, undefined, now, 0.999_999)]).toEqual([4_000, 6_000]);
});

it.each([
  ['60', 60_000],
  ['1', 5_000],
  ['3600', 3_600_000],
  ['86400', 3_600_000],
  ['Fri, 27 Nov 2026 10:02:00 GMT', 120_000],
  ['Fri, 27 Nov 2026 09:00:00 GMT', 5_000],
  ['Sat, 28 Nov 2026 10:00:00 GMT', 3_600_000],
  ['-5', 5_000],
  ['soon', 5_000],
  ['Mon, nonsense', 5_000],
])('waits as long as Retry-After: %s asks, up to an hour', (asked, wait) => expect(waitAfterTry(1, asked, now, 0.5)).toBe(wait));

it.each([
  [200, 'taken'],
  [204, 'taken'],
  [301, 'refused'],
  [307, 'refused'],
  [400, 'refused'],
  [404, 'refused'],
  [408, 'later'],
  [410, 'gone'],
  [425, 'later'],
  [429, 'later'],
  [500, 'later'],
  [503, 'later'],
])('takes %i for "%s"', (status, meaning) => expect(meaningOf(status)).toBe(meaning));
