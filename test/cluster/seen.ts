// The table of checks × seen to pass × seen to fail on real clusters. Scans of the cluster tests note what they saw in a folder (GATEHOUSE_SEEN); this writes the page from it,
// or with --check says how the page differs from it (exit status 1).
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checks } from '../../lib/checks/index.ts';
import type { Report } from '../../lib/reports/report.ts';

const folder = process.env.GATEHOUSE_SEEN;
const page = new URL('../../docs/generated/seen-on-clusters.md', import.meta.url);

const gone = '(the plugin is gone since Kubernetes 1.30; the bed has 1.35 and 1.36: cases only)';
const inDaemonSet = '(kubeadm runs kube-proxy in a DaemonSet, where the control does not apply: cases only)';

/** Why a side of a check cannot be seen on the bed; every empty cell must be explained here. */
const unseen: Readonly<Record<string, string>> = {
  'api-server/security-context-deny pass': gone,
  'api-server/security-context-deny fail': gone,
  'api-server/running-flags fail': '(kubelets restart the API server with its manifest, so the two differ for seconds only: cases only)',
  'files/kube-proxy-kubeconfig-mode pass': inDaemonSet,
  'files/kube-proxy-kubeconfig-mode fail': inDaemonSet,
  'files/kube-proxy-kubeconfig-owner pass': inDaemonSet,
  'files/kube-proxy-kubeconfig-owner fail': inDaemonSet,
};

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
  // the plainest circumstances first, and always the same
  const plainest = (a: string, b: string) => a.length - b.length || (a < b ? -1 : 1);
  const places = (check: string, outcome: string): readonly string[] => {
    const where = all.filter(({ outcomes }) => outcomes[check]?.includes(outcome)).map((one) => one.where);
    return [...new Set(where)].toSorted(plainest);
  };
  const cell = (check: string, outcome: string) => places(check, outcome)[0] ?? unseen[`${check} ${outcome}`] ?? '**not seen**';
  const rows = checks.map(({ id, lookAt }) =>
    lookAt
      ? `| ${id} | a person decides: ${cell(id, 'manual')} | ${places(id, 'fail')[0] ?? ''} |\n`
      : `| ${id} | ${cell(id, 'pass')} | ${cell(id, 'fail')} |\n`,
  );
  return `<!-- written by \`npm run test:cluster\`; do not edit -->\n# Checks seen on real clusters\n\nWhere the tests on real clusters saw each check pass and fail; what stands in parentheses cannot be seen there, and why.\n\n| check | seen to pass | seen to fail |\n| --- | --- | --- |\n${rows.join('')}`;
};

/** Which rows the page has, and which of their cells stand for something that was seen: where it was seen first may differ from run to run. */
const shape = (text: string): readonly string[] =>
  text
    .split('\n')
    .filter((line) => line.startsWith('| ') && line.includes('/'))
    .map((line) =>
      line
        .split(' | ')
        .map((text, index) => (index === 0 ? text : text.startsWith('(') ? 'explained' : text === '' || text === '|' ? 'empty' : 'seen'))
        .join(' '),
    );

if (import.meta.main) {
  const written = table();
  if (!process.argv.includes('--check')) writeFileSync(page, written);
  const [now, committed] = [shape(written), shape(readFileSync(page, 'utf8'))];
  const differing = now.filter((row) => !committed.includes(row));
  for (const row of differing)
    console.error(`docs/generated/seen-on-clusters.md does not say: ${row}; run npm run test:cluster and commit it.`);
  const empty = written.split('\n').filter((line) => line.includes('**not seen**'));
  for (const line of empty) console.error(`not seen, and not explained: ${line}`);
  process.exitCode = differing.length > 0 || empty.length > 0 || now.length !== committed.length ? 1 : 0;
}
