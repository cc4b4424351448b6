// The table of checks × seen to pass × seen to fail on real clusters. Scans of the cluster tests note what they saw in a folder (GATEHOUSE_SEEN); this writes the page from it,
// or with --check says how the page differs from it (exit status 1).
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checks } from '../../lib/checks/index.ts';
import type { Report } from '../../lib/reports/report.ts';

const folder = process.env.GATEHOUSE_SEEN;
const page = new URL('../../docs/generated/seen-on-clusters.md', import.meta.url);

/** Why a side of a check cannot be seen on the bed; every empty cell must be explained here. */
const unseen: Readonly<Record<string, string>> = {};

interface Seen {
  readonly where: string;
  readonly outcomes: Readonly<Record<string, readonly string[]>>;
}

/** Notes the outcomes of a scan, for the table. `where` says on which cluster, and what was changed there. */
export const note = (where: string, report: Report): void => {
  if (folder === undefined) return;
  mkdirSync(folder, { recursive: true });
  const outcomes: Record<string, string[]> = {};
  for (const { check, outcome } of report.findings) outcomes[check] = [...new Set([...(outcomes[check] ?? []), outcome])];
  writeFileSync(join(folder, `${where.replace(/\W+/g, '-')}.json`), JSON.stringify({ where, outcomes } satisfies Seen));
};

const table = (): string => {
  const all = readdirSync(folder as string)
    .toSorted()
    .map((name) => JSON.parse(readFileSync(join(folder as string, name), 'utf8')) as Seen);
  const places = (check: string, outcome: string) => [
    ...new Set(all.filter(({ outcomes }) => outcomes[check]?.includes(outcome)).map(({ where }) => where)),
  ];
  const cell = (check: string, outcome: string) =>
    places(check, outcome).slice(0, 2).join('; ') || (unseen[`${check} ${outcome}`] ?? '**not seen**');
  const rows = checks.map(({ id, lookAt }) =>
    lookAt ? `| ${id} | a person decides: ${cell(id, 'manual')} | |\n` : `| ${id} | ${cell(id, 'pass')} | ${cell(id, 'fail')} |\n`,
  );
  return `<!-- written by \`npm run test:cluster\`; do not edit -->\n# Checks seen on real clusters\n\nWhere the tests on real clusters saw each check pass and fail; what stands in parentheses cannot be seen there, and why.\n\n| check | seen to pass | seen to fail |\n| --- | --- | --- |\n${rows.join('')}`;
};

if (import.meta.main) {
  const written = table();
  if (!process.argv.includes('--check')) writeFileSync(page, written);
  const isStale = readFileSync(page, 'utf8') !== written;
  if (isStale) console.error('docs/generated/seen-on-clusters.md is out of date; run npm run test:cluster and commit it.');
  const empty = written.split('\n').filter((line) => line.includes('**not seen**'));
  for (const line of empty) console.error(`not seen, and not explained: ${line}`);
  process.exitCode = isStale || empty.length > 0 ? 1 : 0;
}
