import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { amountsOfMonth, amountsOfRun, priceOf, scaled, storage, summed } from './cost-model.ts';
import { fleetOf, kinds, withTables } from './costs.ts';

describe('the cost model', () => {
  it('multiplies amounts and prices', () => {
    expect(priceOf({ secretMonth: 10, apiRequest: 1_000_000 })).toBeCloseTo(5);
    expect(priceOf(scaled(summed([{ s3Put: 1 }, { s3Put: 2, s3Get: 1 }]), 1000))).toBeCloseTo(0.0154);
  });
  it('keeps a month in Standard, three in Infrequent Access and the rest in Glacier', () => {
    const gb = 1024 ** 3;
    expect(storage(gb, 12)).toEqual({ s3StandardGbMonth: 1, s3InfrequentGbMonth: 3, s3GlacierGbMonth: 8 });
    expect(storage(gb, 2)).toEqual({ s3StandardGbMonth: 1, s3InfrequentGbMonth: 1, s3GlacierGbMonth: 0 });
  });
  it('bills looks as operations only when told so', () => {
    const run = { operations: 10, looks: 34, seconds: 0, objects: 0, reads: 0, bytes: 0 };
    expect([amountsOfRun(run, false).durableOperation, amountsOfRun(run, true).durableOperation]).toEqual([10, 44]);
  });
  it('grows with the clusters, but for what is always there', () => {
    const [ten, hundred] = [10, 100].map((clusters) => amountsOfMonth(fleetOf(clusters), kinds, false));
    expect(priceOf(hundred?.scans ?? {})).toBeCloseTo(priceOf(ten?.scans ?? {}) * 10);
    expect(hundred?.['always there']).toEqual(ten?.['always there']);
  });
  it('knows every kind that is asked for', () => {
    expect(() => amountsOfMonth({ ...fleetOf(1), runs: { other: 1 } }, kinds, false)).toThrow('no such kind');
  });
});

it('has written docs/costs.md as it is', () => {
  const page = readFileSync(new URL('../docs/costs.md', import.meta.url), 'utf8');
  expect(withTables(page)).toBe(page);
  expect(withTables(page.replace('**together**', 'apart'))).toBe(page);
});
