import { expect, it } from 'vitest';
import { millicores, readQuantity, wholeUnits } from './quantity.ts';

it.each([
  ['0', 0],
  ['1', 1],
  ['250m', 0.25],
  ['0.5', 0.5],
  ['.5', 0.5],
  ['1.', 1],
  ['+2', 2],
  ['-1', -1],
  ['1e3', 1000],
  ['1E3', 1000],
  ['1E', 1e18],
  ['5e-3', 0.005],
  ['1k', 1000],
  ['129M', 129e6],
  ['128974848', 128974848],
  ['123Mi', 123 * 2 ** 20],
  ['1.5Gi', 1.5 * 2 ** 30],
  ['2Ei', 2 ** 61],
  ['100n', 1e-7],
])('reads %s', (text, value) => expect(readQuantity(text)).toBeCloseTo(value, 12));

it.each(['', ' 1', '1 Gi', '1K', '1KiB', '0x10', 'NaN', 'Infinity', '1e', '1e9999', '--1', '1mm', '1.2.3', '1'.repeat(100)])(
  'takes %j for none',
  (text) => expect(readQuantity(text)).toBeUndefined(),
);

it('rounds up to whole units, and not because of floating point', () => {
  expect(['100m', '1', '0.1', '1100u', '2.2', null, 'x'].map(millicores)).toEqual([100, 1000, 100, 2, 2200, 0, 0]);
  expect(['1', '1500m', '0.1Ki', '64Mi', 7, undefined].map(wholeUnits)).toEqual([1, 2, 103, 64 * 2 ** 20, 7, 0]);
});
