import type { Report } from '../../report.ts';
import { legend, stackedBar } from './charts.ts';
import type { Flow } from './flow.ts';
import { sectionName } from './section-names.ts';
import { termsOf } from './terms.ts';
import { colours, contentWidth, page, styles } from './theme.ts';
import { openControls, sections, shares } from './view.ts';

/** What stands in the file, with page numbers. */
export const contents = (flow: Flow, entries: readonly (readonly [anchor: string, title: string, detail: string])[]): void => {
  flow.heading(1, 'Contents');
  for (const [anchor, title, detail] of entries) {
    const base = flow.y() + 10;
    flow.begin('P');
    flow.label(title, styles.bodyBold, page.left, base);
    flow.label(detail, styles.bodySoft, page.left + 170, base);
    flow.pageOf(anchor, page.right, base, styles.body);
    flow.linkTo(anchor, page.left, base - 9, contentWidth, 13);
    flow.gap(15);
    flow.box(page.left, flow.y(), contentWidth, 0.5, colours.line);
    flow.gap(1.5);
  }
  flow.gap(10);
};

/** A bar per section of the benchmark. */
export const bySection = (flow: Flow, report: Report): void => {
  const terms = termsOf(report);
  flow.heading(1, `${terms.Many} by section`, { anchor: 'sections' });
  const open = openControls(report);
  const columns = { bar: page.left + 206, barWidth: 160, numbers: page.right - 124 };
  const heads: readonly (readonly [string, number, boolean])[] = [
    ['SECTION', page.left, false],
    ['FAILED', columns.numbers + 24, true],
    ['UNDECIDED', columns.numbers + 76, true],
    [terms.many.toUpperCase(), page.right, true],
  ];
  flow.begin('P');
  for (const [text, x, right] of heads) flow.label(text, styles.columnTitle, x, flow.y() + 7, right);
  flow.gap(12);
  const parts = shares(report.controls, open);
  for (const { id, controls } of sections(report.controls)) {
    const height = 17;
    flow.need(height);
    const base = flow.y() + 11.5;
    const number = (holds: (outcome: string) => boolean) => String(controls.filter(({ outcome }) => holds(outcome)).length);
    flow.begin('P');
    flow.label(id, styles.cellBold, page.left, base);
    flow.label(sectionName(report.scan.benchmark.framework, id), styles.cell, page.left + 30, base);
    stackedBar(flow, shares(controls, open), { x: columns.bar, y: flow.y() + 4, width: columns.barWidth, height: 9.5 });
    flow.label(
      number((outcome) => outcome === 'fail'),
      styles.cellBold,
      columns.numbers + 24,
      base,
      true,
    );
    flow.label(
      number((outcome) => ['error', 'unknown', 'manual'].includes(outcome)),
      styles.cell,
      columns.numbers + 76,
      base,
      true,
    );
    flow.label(String(controls.length), styles.cell, page.right, base, true);
    flow.gap(height);
    flow.box(page.left, flow.y(), contentWidth, 0.5, colours.line);
  }
  flow.gap(6);
  legend(flow, parts, page.left, contentWidth);
  flow.gap(10);
};
