import type { Report } from '../../report.ts';
import { plural, subjectLine, timeText } from '../words.ts';
import type { Flow } from './flow.ts';
import { cell, type Row, table } from './table.ts';
import { span } from './text.ts';
import { severityColours, styles } from './theme.ts';

/** What became of the failures since the previous scan. */
export const changes = (flow: Flow, report: Report): void => {
  if (!report.changes) return;
  const { base, newFindings, resolvedFindings, notComparableFindings, persisting } = report.changes;
  flow.heading(1, 'What changed', { anchor: 'changes' });
  flow.paragraph([
    span(`Compared with the scan of ${timeText(base.startedAt)} (${base.scanId}). `, styles.body),
    span(
      `${plural(newFindings.length, 'new failure')}, ${resolvedFindings.length} resolved, ${persisting} persisting, ${notComparableFindings.length} not comparable. New means that the previous scan looked and saw no failure; resolved, that this one looked and sees none any more.`,
      styles.bodySoft,
    ),
  ]);
  flow.gap(6);
  const fresh = new Set(newFindings);
  const part = (title: string, columns: readonly [string, string, string], rows: readonly Row[]) => {
    if (rows.length === 0) return;
    flow.need(60);
    flow.begin('H2');
    flow.paragraph([span(title, styles.bodyBold)]);
    flow.gap(3);
    table(
      flow,
      columns.map((name, index) => ({ title: name, share: [1.2, 4.4, 4.4][index] as number })),
      rows,
    );
  };
  const severityCell = (severity: keyof typeof severityColours) => [
    [span(severity, { ...styles.cellBold, colour: severityColours[severity] })],
  ];
  part(
    `New: ${newFindings.length}`,
    ['SEVERITY', 'WHAT DOES NOT HOLD', 'SUBJECT'],
    report.findings
      .filter(({ fingerprint }) => fresh.has(fingerprint))
      .map(({ severity, title, check, subject }) => [
        severityCell(severity),
        [[span(`${title} `, styles.cell), span(check, styles.cellCode)]],
        cell(subjectLine(subject)),
      ]),
  );
  part(
    `Not comparable: ${notComparableFindings.length}`,
    ['SEVERITY', 'CHECK AND SUBJECT', 'WHY NOBODY CAN SAY'],
    notComparableFindings.map(({ severity, check, subject, reason, failsNow }) => [
      severityCell(severity),
      [[span(check, styles.cellCode)], [span(subjectLine(subject), styles.cell)]],
      [[span(reason, styles.cell)], [span(failsNow ? 'It fails now.' : 'It failed in the previous scan.', styles.cellBold)]],
    ]),
  );
  part(
    `Resolved: ${resolvedFindings.length}`,
    ['SEVERITY', 'CHECK', 'SUBJECT'],
    resolvedFindings.map(({ severity, check, subject }) => [
      severityCell(severity),
      [[span(check, styles.cellCode)]],
      cell(subjectLine(subject)),
    ]),
  );
};
