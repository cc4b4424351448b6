import { expect, it } from 'vitest';
import { readDuration } from './duration.ts';

it.each([
  ['4h0m0s', 14_400],
  ['1m0s', 60],
  ['300s', 300],
  ['1.5h', 5_400],
  ['250ms', 0.25],
  ['0', 0],
  ['0s', 0],
  ['-5m', -300],
])('reads %s as %d seconds', (text, seconds) => expect(readDuration(text)).toBeCloseTo(seconds, 6));

it.each(['', '5', 'h', '5 m', '5d', 'soon', '1h-5m'])('does not take "%s" for a duration', (text) =>
  expect(readDuration(text)).toBeUndefined(),
);
