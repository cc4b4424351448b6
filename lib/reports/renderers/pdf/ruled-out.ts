import type { Finding } from '../../report.ts';
import { plural } from '../words.ts';
import type { Flow } from './flow.ts';
import { type Cell, cell, type Row, table } from './table.ts';
import { span } from './text.ts';
import { styles } from './theme.ts';

/** `CVE-2024-10220 does not concern the version of the kubelet.` */
const ruling = /^(CVE-\d{4}-\d+) does not concern the version of (.+)\.$/;
/** Versions that are shown of one part; the rest is in the other formats. */
const mostVersions = 8;

interface Ruling {
  readonly cve: string;
  readonly part: string;
  readonly finding: Finding;
}

const rulingOf = (finding: Finding): Ruling | undefined => {
  if (finding.outcome !== 'pass' || finding.waiver !== null || !finding.check.startsWith('exposure/versions/')) return undefined;
  const [, cve, part] = ruling.exec(finding.message) ?? [];
  return cve === undefined || part === undefined ? undefined : { cve, part, finding };
};

/** Whether a finding says no more than that a known flaw does not concern a version: dozens of those are one row on paper. */
export const isRuledOut = (finding: Finding): boolean => rulingOf(finding) !== undefined;

/** What was read to know the version, each once: the table of known flaws says the same of all. */
const versionsCell = (own: readonly Ruling[]): Cell => {
  const read = own.flatMap(({ finding }) => finding.evidence.filter(({ source }) => source !== 'table of known flaws'));
  const lines = [...new Set(read.map(({ source, looked, found }) => `${source}, ${looked}: ${found}`))];
  return [
    ...lines.slice(0, mostVersions).map((line) => [span(line, styles.cellCodeSoft)]),
    ...(lines.length > mostVersions
      ? [[span(`and ${lines.length - mostVersions} more; the rest is in report.json`, styles.cellSoft)]]
      : []),
  ];
};

/** Known flaws that do not concern the versions that run, one row for each part of the cluster. */
export const ruledOut = (flow: Flow, findings: readonly Finding[]): void => {
  const rulings = findings.flatMap((finding) => rulingOf(finding) ?? []);
  if (rulings.length === 0) return;
  flow.need(80);
  flow.begin('H2');
  flow.bookmark(2, 'Known flaws ruled out by version');
  flow.paragraph([
    span('Known flaws ruled out by version. ', styles.bodyBold),
    span('The versions that run are not among the affected ones.', styles.body),
  ]);
  flow.gap(3);
  table(
    flow,
    [
      { title: 'PART', share: 2 },
      { title: 'DO NOT CONCERN IT', share: 4.5 },
      { title: 'VERSIONS THAT WERE READ', share: 4.5 },
    ],
    [...Map.groupBy(rulings, ({ part }) => part)].map(([part, own]): Row => {
      const cves = [...new Set(own.map(({ cve }) => cve))].toSorted();
      return [
        [[span(part, styles.cellBold)], [span(plural(cves.length, 'known flaw'), styles.cellSoft)]],
        cell(cves.join(', ')),
        versionsCell(own),
      ];
    }),
  );
};
