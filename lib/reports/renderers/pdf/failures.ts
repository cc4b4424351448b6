import type { Severity } from '../../../core/outcome.ts';
import type { Finding, Report, Scan } from '../../report.ts';
import { plural } from '../words.ts';
import { evidenceLines, inconsistencyLine, markLines, seenLine, subjectCell } from './evidence.ts';
import { type Flow, labelled } from './flow.ts';
import { boldCell, cell, type Row, softCell, table } from './table.ts';
import { type Terms, termsOf } from './terms.ts';
import { type Paragraph, rich, span } from './text.ts';
import { colours, contentWidth, page, severityColours, styles } from './theme.ts';
import { type Failed, failedBeyond, failedControls, type Group } from './view.ts';

const anchorOf = (id: string): string => `failed:${id}`;

const severityCell = ({ severity, open }: Failed) =>
  open === 0 ? softCell('all waived') : [[span(severity, { ...styles.cellBold, colour: severityColours[severity] })]];

const overview = (flow: Flow, all: readonly Failed[], idTitle: string): void => {
  const share = { CHECK: 4, PROBE: 1.5 }[idTitle] ?? 1.2;
  table(
    flow,
    [
      { title: idTitle, share },
      { title: 'SEVERITY', share: 1.4 },
      { title: 'WHAT DOES NOT HOLD', share: 10.4 - share },
      { title: 'OPEN', share: 0.9, right: true },
      { title: 'WAIVED', share: 1.1, right: true },
    ],
    all.map(
      (failed): Row => [
        [[span(failed.id, styles.cellLink, anchorOf(failed.id))]],
        severityCell(failed),
        [rich(failed.title, styles.cell, styles.cellCode)],
        boldCell(String(failed.open)),
        cell(String(failed.waived)),
      ],
    ),
  );
};

/** A message that all findings share, or `undefined`. */
const sharedMessage = (findings: readonly Finding[]): string | undefined => {
  const [first] = findings;
  return first && findings.every(({ message }) => message === first.message) ? first.message : undefined;
};

function* subjectRows(
  findings: readonly Finding[],
  scan: Scan,
  fresh: ReadonlySet<string>,
  shared: string | undefined,
  usual: Severity,
): Iterable<Row> {
  for (const finding of findings) {
    const message: readonly Paragraph[] = shared === undefined ? [rich(finding.message, styles.cell, styles.cellCode)] : [];
    yield [
      [...subjectCell(finding.subject, scan), ...seenLine(finding, usual), ...markLines(finding, fresh)],
      [...message, ...inconsistencyLine(finding), ...evidenceLines(finding)],
    ];
  }
}

/** Texts already on paper: a check that decides several controls is written out under the first. */
type Written = Map<string, string>;

/** ATT&CK techniques, and where to read on. */
const furtherReading = (flow: Flow, findings: readonly Finding[]): void => {
  const [techniques, references] = [findings.flatMap((one) => one.techniques ?? []), findings.flatMap((one) => one.references ?? [])];
  if (techniques.length > 0) labelled(flow, 'ATT&CK', [span([...new Set(techniques)].join(', '), styles.body)]);
  if (references.length > 0) labelled(flow, 'READ ON', [span([...new Set(references)].join('  '), styles.code)]);
};

const writeGroup = (
  flow: Flow,
  report: Report,
  { check, title, why, repair, findings }: Group,
  failed: Failed,
  written: Written,
  alone: boolean,
): void => {
  const key = JSON.stringify([check, repair]);
  const before = written.get(key);
  if (!alone && title !== failed.title) {
    flow.gap(2);
    flow.need(70);
    flow.begin('H3');
    flow.paragraph(rich(title, styles.bodyBold, styles.code));
    flow.gap(1);
  }
  if (before !== undefined) {
    flow.begin('P');
    flow.paragraph([
      span(`The same ${plural(findings.length, 'failure')} of check `, styles.body),
      span(check, styles.code),
      span(' as under ', styles.body),
      span(before, { ...styles.bodyBold, colour: colours.accent }, anchorOf(before)),
      span('.', styles.body),
    ]);
    flow.gap(6);
    return;
  }
  written.set(key, failed.id);
  const shared = sharedMessage(findings);
  if (shared !== undefined) labelled(flow, 'FOUND', rich(shared, styles.body, styles.code));
  labelled(flow, 'WHY IT MATTERS', rich(why, styles.body, styles.code));
  labelled(flow, 'REPAIR', rich(repair, styles.body, styles.code));
  furtherReading(flow, findings);
  flow.gap(5);
  const fresh = new Set(report.changes?.newFindings);
  table(
    flow,
    [
      { title: findings.length === 1 ? 'SUBJECT' : plural(findings.length, 'SUBJECT', 'SUBJECTS'), share: 3.4 },
      { title: 'WHAT WAS FOUND', share: 6.6 },
    ],
    subjectRows(findings, report.scan, fresh, shared, failed.severity),
  );
};

const detailLine = ({ control, groups, open, waived }: Failed, { hasLevels }: Terms): string =>
  [
    ...(control && hasLevels
      ? [`Level ${control.level}`, control.automated ? 'the benchmark calls it automated' : 'the benchmark calls it manual']
      : []),
    plural(open, 'open failure'),
    ...(waived > 0 ? [`${waived} waived`] : []),
    `${groups.length === 1 ? 'check' : 'checks'} ${[...new Set(groups.map(({ check }) => check))].join(', ')}`,
  ].join('  ·  ');

const writeFailed = (flow: Flow, report: Report, failed: Failed, written: Written): void => {
  flow.need(120);
  flow.gap(4);
  flow.anchor(anchorOf(failed.id));
  const name = failed.control ? `${failed.id}  ${failed.title}` : failed.title;
  flow.bookmark(2, name.replaceAll('`', ''));
  const chip = failed.open === 0 ? 'all waived' : failed.severity;
  const width = flow.faces.width(chip, 'bold', 7.4) + 12;
  const colour = failed.open === 0 ? colours.faint : severityColours[failed.severity];
  flow.begin('H2');
  const top = flow.y();
  flow.paragraph(rich(name, styles.subheading, styles.subheading), { width: contentWidth - width - 12 });
  flow.box(page.right - width, top + 0.5, width, 13, colour);
  flow.label(chip, { face: 'bold', size: 7.4, colour: colours.onBrand }, page.right - width + 6, top + 9.6);
  flow.begin('P');
  flow.paragraph([span(detailLine(failed, termsOf(report)), styles.small)]);
  flow.gap(5);
  const alone = failed.groups.length === 1;
  for (const group of failed.groups) writeGroup(flow, report, group, failed, written, alone);
  flow.gap(6);
};

const chapter = (
  flow: Flow,
  report: Report,
  title: string,
  anchor: string,
  intro: string,
  all: readonly Failed[],
  idTitle: string,
): void => {
  if (all.length === 0) return;
  flow.heading(1, title, { anchor, keep: 160 });
  flow.paragraph([span(intro, styles.bodySoft)]);
  flow.gap(6);
  overview(flow, all, idTitle);
  const written: Written = new Map();
  for (const failed of all) writeFailed(flow, report, failed, written);
};

/** Failed controls with everything needed to repair them, the most severe first. */
export const failures = (flow: Flow, report: Report): void => {
  const all = failedControls(report);
  const open = all.filter(({ open: number }) => number > 0).length;
  const { one, many, column, failedIntro } = termsOf(report);
  chapter(
    flow,
    report,
    `Failed ${many}`,
    'failures',
    `${plural(all.length, one)} failed, ${open} of them with failures that nobody accepted. ${failedIntro}`,
    all,
    column,
  );
};

/** Failures of checks that the benchmark does not ask for. */
export const failuresBeyond = (flow: Flow, report: Report): void => {
  const all = failedBeyond(report);
  const intro = 'These checks failed too. No control of the benchmark asks for them, so they do not count as controls.';
  chapter(flow, report, 'Failures beyond the benchmark', 'beyond', intro, all, 'CHECK');
};
