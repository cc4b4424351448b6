import type { Severity } from '../../../core/outcome.ts';
import type { Report } from '../../report.ts';
import { plural, subjectLine, timeText } from '../words.ts';
import type { Flow } from './flow.ts';
import { type Cell, cell, type Row, type TableColumn, table } from './table.ts';
import { type Paragraph, span } from './text.ts';
import { severityColours, styles } from './theme.ts';

export const severityCell = (severity: Severity): Cell => [[span(severity, { ...styles.cellBold, colour: severityColours[severity] })]];

/** A part of a chapter with its own table; an empty one is left out. */
export const part = (flow: Flow, title: Paragraph, columns: readonly TableColumn[], rows: readonly Row[]): void => {
  if (rows.length === 0) return;
  flow.need(70);
  flow.begin('H2');
  flow.paragraph(title);
  flow.gap(3);
  table(flow, columns, rows);
};

const columns = (middle: string): readonly TableColumn[] => [
  { title: 'SEVERITY', share: 1.2 },
  { title: middle, share: 4.4 },
  { title: 'SUBJECT', share: 4.4 },
];

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
  part(
    flow,
    [span(`New: ${newFindings.length}`, styles.bodyBold)],
    columns('WHAT DOES NOT HOLD'),
    report.findings
      .filter(({ fingerprint }) => fresh.has(fingerprint))
      .map(({ severity, title, check, subject }) => [
        severityCell(severity),
        [[span(`${title} `, styles.cell), span(check, styles.cellCodeSoft)]],
        cell(subjectLine(subject)),
      ]),
  );
  for (const own of Map.groupBy(notComparableFindings, ({ reason, failsNow }) => JSON.stringify([reason, failsNow])).values())
    part(
      flow,
      [
        span(`Not comparable: ${own.length}. `, styles.bodyBold),
        span(`${own[0]?.reason} ${own[0]?.failsNow ? 'They fail now.' : 'They failed in the previous scan.'}`, styles.body),
      ],
      columns('CHECK'),
      own.map(({ severity, check, subject }) => [severityCell(severity), [[span(check, styles.cellCode)]], cell(subjectLine(subject))]),
    );
  part(
    flow,
    [span(`Resolved: ${resolvedFindings.length}`, styles.bodyBold)],
    columns('CHECK'),
    resolvedFindings.map(({ severity, check, subject }) => [
      severityCell(severity),
      [[span(check, styles.cellCode)]],
      cell(subjectLine(subject)),
    ]),
  );
};
