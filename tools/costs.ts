// Writes the tables of docs/costs.md from the model and the prices; with --check it only says whether they are current (exit status 1).
import { readFileSync, writeFileSync } from 'node:fs';
import { amountsOfMonth, daysPerMonth, type Fleet, priceOf, type Run, summed } from './cost-model.ts';
import priceList from './prices.json' with { type: 'json' };

/** Operations and objects of configuration scans are counted, their seconds and bytes estimated; the other kinds are not built yet, so theirs are assumptions from the design. */
export const kinds: Readonly<Record<string, Run>> = {
  configuration: { operations: 15, looks: 1, seconds: 8, objects: 9, reads: 9, bytes: 1_500_000 },
  penetration: { operations: 15, looks: 4, seconds: 20, objects: 9, reads: 9, bytes: 500_000 },
  conformance: { operations: 15, looks: 34, seconds: 30, objects: 10, reads: 9, bytes: 3_000_000 },
  sbom: { operations: 15, looks: 10, seconds: 60, objects: 31, reads: 61, bytes: 20_000_000 },
};
const weekly = daysPerMonth / 7;
export const fleetOf = (clusters: number): Fleet => ({
  clusters,
  runs: { configuration: daysPerMonth, penetration: weekly, conformance: weekly, sbom: weekly },
  apiCalls: 200,
  deliveriesPerRun: 1,
  months: 12,
});

const sizes = [10, 1_000, 10_000];
const dollars = (amount: number): string => `$${amount.toLocaleString('en-US', { maximumFractionDigits: amount < 100 ? 2 : 0 })}`;
const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |\n`;
const number = (value: number): string => value.toLocaleString('en-US', { maximumFractionDigits: 2 });

const monthTable = (): string => {
  const columns = sizes.map((clusters) => amountsOfMonth(fleetOf(clusters), kinds, false));
  const billed = sizes.map((clusters) => amountsOfMonth(fleetOf(clusters), kinds, true));
  const total = (parts: (typeof columns)[number]): number => priceOf(summed(Object.values(parts)));
  const names = Object.keys(columns[0] ?? {});
  return [
    row(['a month', ...sizes.map((clusters) => `${number(clusters)} clusters`)]),
    row(['---', ...sizes.map(() => '---:')]),
    ...names.map((name) => row([name, ...columns.map((parts) => dollars(priceOf(parts[name] ?? {})))])),
    row(['**together**', ...columns.map((parts) => `**${dollars(total(parts))}**`)]),
    row(['the same, if every look is billed as an operation', ...billed.map((parts) => dollars(total(parts)))]),
    row(['per cluster', ...columns.map((parts, at) => dollars(total(parts) / (sizes[at] ?? 1)))]),
  ].join('');
};

const kindTable = (): string =>
  [
    row(['one run', 'operations', 'looks', 'seconds', 'objects', 'reads', 'MB']),
    row(['---', ...Array.from({ length: 6 }, () => '---:')]),
    ...Object.entries(kinds).map(([kind, { operations, looks, seconds, objects, reads, bytes }]) =>
      row([kind, ...[operations, looks, seconds, objects, reads, bytes / 1e6].map(number)]),
    ),
  ].join('');

const priceTable = (): string =>
  [
    row(['price', 'of one', 'confirmed', 'source']),
    row(['---:', '---', '---', '---']),
    ...Object.values(priceList.prices).map(({ perUnit, unit, confirmed, source }) =>
      row([`$${Number(perUnit.toPrecision(6)).toLocaleString('en-US', { maximumSignificantDigits: 6 })}`, unit, confirmed, source]),
    ),
  ].join('');

const tables = { month: monthTable, run: kindTable, prices: priceTable };

/** Puts each table between its two marks. */
export const withTables = (page: string): string =>
  Object.entries(tables).reduce(
    (text, [name, table]) =>
      text.replace(new RegExp(`(<!-- ${name} -->\n)[^]*?(<!-- /${name} -->)`), (_, from: string, to: string) => `${from}${table()}${to}`),
    page,
  );

if (import.meta.main) {
  const page = new URL('../docs/costs.md', import.meta.url);
  const before = readFileSync(page, 'utf8');
  const after = withTables(before);
  if (!process.argv.includes('--check')) writeFileSync(page, after);
  else if (before !== after) {
    console.error('docs/costs.md is out of date; run node tools/costs.ts.');
    process.exitCode = 1;
  }
}
