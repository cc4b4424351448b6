import { severities } from '../../../core/outcome.ts';
import type { Finding, Report } from '../../report.ts';
import { plural } from '../words.ts';
import { evidenceLines, markLines, subjectCell } from './evidence.ts';
import type { Flow } from './flow.ts';
import { type Cell, type Row, table } from './table.ts';
import { rich, span } from './text.ts';
import { severityColours, styles } from './theme.ts';
import { groupFindings, potentialFindings } from './view.ts';

const about = ({ check, techniques = [], references = [] }: Finding): Cell => [
  [span(check, styles.cellCodeSoft)],
  ...(techniques.length > 0 ? [[span(`ATT&CK ${techniques.join(', ')}`, styles.cellSoft)]] : []),
  ...references.map((reference) => [span(reference, styles.cellCodeSoft)]),
];

const rowsOf = (report: Report, findings: readonly Finding[], fresh: ReadonlySet<string>): readonly Row[] =>
  groupFindings(findings).map(({ repair, findings: own }): Row => {
    const [first] = own as readonly [Finding, ...Finding[]];
    const messages = [...new Set(own.map(({ message }) => message))];
    return [
      [
        ...messages.map((message) => rich(message, styles.cellBold, styles.cellCode)),
        rich(repair, styles.cell, styles.cellCode),
        ...about(first),
      ],
      own.flatMap((finding) => [...subjectCell(finding.subject, report.scan), ...markLines(finding, fresh), ...evidenceLines(finding)]),
    ];
  });

/** What versions alone suggest: by severity, apart from what was seen and from what only a person can judge. */
export const potential = (flow: Flow, report: Report): void => {
  const findings = potentialFindings(report);
  if (findings.length === 0) return;
  flow.heading(1, 'Potential: concluded from versions', { anchor: 'potential' });
  flow.paragraph([
    span(
      'The versions of these parts are known to have the flaw; whether this build has it was not tried, and a vendor may have mended it under the same number. Compare with the release notes of the vendor, then upgrade or accept with a waiver. They fail no probe.',
      styles.bodySoft,
    ),
  ]);
  flow.gap(6);
  const fresh = new Set(report.changes?.newFindings);
  for (const severity of severities) {
    const own = findings.filter((finding) => finding.severity === severity);
    if (own.length === 0) continue;
    flow.need(80);
    flow.bookmark(2, `Potential, ${severity}`);
    flow.begin('H2');
    flow.paragraph([
      span(severity, { ...styles.subheading, colour: severityColours[severity] }),
      span(`   ${plural(own.length, 'finding')}`, styles.bodySoft),
    ]);
    flow.gap(3);
    table(
      flow,
      [
        { title: 'WHAT MAY HOLD, AND WHAT TO DO', share: 5.4 },
        { title: 'WHERE, AND WHICH VERSION', share: 4.6 },
      ],
      rowsOf(report, own, fresh),
    );
  }
};
