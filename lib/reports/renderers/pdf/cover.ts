import { outcomes, type Severity } from '../../../core/outcome.ts';
import type { Report } from '../../report.ts';
import { otherStatements } from '../reach.ts';
import { dayText, frameworkText, hasRange, kindText, outcomeWords, plural, secondsBetween, thousands, timeText } from '../words.ts';
import { bars, legend, stackedBar } from './charts.ts';
import { band, caption, facts, note, tiles } from './cover-parts.ts';
import type { Flow } from './flow.ts';
import { reach } from './network.ts';
import { termsOf } from './terms.ts';
import { rich, span, wrap } from './text.ts';
import { colours, contentWidth, outcomeColours, page, severityColours, styles, waivedColour } from './theme.ts';
import { type Failed, failedControls, failuresBySeverity, openControls, potentialBySeverity, shares } from './view.ts';

const percent = (part: number, total: number): string => (total === 0 ? '–' : `${Math.floor((100 * part) / total)} %`);

/** What to know first. A benchmark that is not made for the cluster's version comes before all numbers, everything else after them. */
const trustNote = (flow: Flow, report: Report): void => {
  const { benchmark, cluster } = report.scan;
  const statements = otherStatements(report);
  if (benchmark.inRange && statements.length === 0) return;
  const title = benchmark.inRange
    ? 'Before you trust the numbers'
    : `The benchmark is not made for Kubernetes ${cluster.kubernetesVersion}`;
  note(flow, title, statements);
};

const severityText = (counted: readonly (readonly [Severity, number])[]): string =>
  counted
    .filter(([, number]) => number > 0)
    .map(([severity, number]) => `${thousands(number)} ${severity}`)
    .join(', ') || 'none';

const keyNumbers = (flow: Flow, report: Report): void => {
  const { coverage, counts, controls } = report;
  const failed = controls.filter(({ outcome }) => outcome === 'fail').length;
  const passed = controls.filter(({ outcome }) => outcome === 'pass').length;
  const open = openControls(report).size;
  const terms = termsOf(report);
  tiles(flow, [
    {
      number: `${coverage.decided} / ${coverage.total}`,
      word: `${terms.many} decided`,
      detail: `${percent(coverage.decided, coverage.total)} ${terms.ofAll}`,
      colour: colours.brand,
    },
    {
      number: thousands(failed),
      word: `${failed === 1 ? terms.one : terms.many} failed`,
      detail: [...(failed > open ? [`${failed - open} with waived failures only`] : []), `${passed} passed`].join('; '),
      colour: outcomeColours.fail,
    },
    {
      number: thousands(counts.fail),
      word: `${report.network ? 'confirmed' : 'open'} ${counts.fail === 1 ? 'failure' : 'failures'}`,
      detail: severityText(failuresBySeverity(report)),
      colour: outcomeColours.fail,
    },
    {
      number: thousands(coverage.unknown + coverage.error),
      word: 'could not look',
      detail: coverage.error > 0 ? `${terms.many}; in ${coverage.error} the check broke` : `${terms.many}; neither passed nor failed`,
      colour: outcomeColours.unknown,
    },
    report.network
      ? {
          number: thousands(counts.potential ?? 0),
          word: 'potential',
          detail: `by version alone: ${severityText(potentialBySeverity(report))}`,
          colour: outcomeColours.manual,
        }
      : {
          number: thousands(coverage.manual),
          word: 'need a person',
          detail: 'controls; evidence collected',
          colour: outcomeColours.manual,
        },
  ]);
};

const findingsByOutcome = ({ counts }: Report) => [
  ...outcomes.flatMap((outcome) => {
    const bar = { word: outcomeWords[outcome], number: counts[outcome], colour: outcomeColours[outcome] };
    if (outcome !== 'manual' || counts.potential === undefined) return [bar];
    return [
      { ...bar, number: counts.manual - counts.potential },
      { ...bar, word: 'Potential', number: counts.potential },
    ];
  }),
  { word: 'Waived', number: counts.waived, colour: waivedColour },
];

const twoCharts = (flow: Flow, report: Report): void => {
  flow.need(130);
  const width = (contentWidth - 30) / 2;
  const top = flow.y();
  caption(flow, `${report.network ? 'Confirmed' : 'Open'} failures by severity`);
  const left = bars(
    flow,
    failuresBySeverity(report).map(([severity, number]) => ({ word: severity, number, colour: severityColours[severity] })),
    { x: page.left, y: flow.y(), width },
  );
  flow.moveTo(top);
  caption(flow, `All ${plural(report.findings.length, 'finding')} by outcome`, page.left + width + 30);
  const right = bars(flow, findingsByOutcome(report), { x: page.left + width + 30, y: flow.y(), width });
  flow.moveTo(Math.max(left, right) + 12);
};

const changesText = ({ changes }: Report): string =>
  changes
    ? `${plural(changes.new, 'new failure')}, ${changes.resolved} resolved, ${changes.persisting} persisting, ${changes.notComparable} not comparable, since the scan of ${timeText(changes.base.startedAt)}`
    : 'no previous scan of this cluster to compare with';

const nodesText = ({ scan: { cluster } }: Report): string =>
  [...Map.groupBy(cluster.nodes, ({ role }) => role)].map(([role, own]) => `${own.length} ${role}`).join(', ') || 'not known';

const scanFacts = (report: Report): readonly (readonly [string, string])[] => {
  const { scan } = report;
  return [
    ['Changes', changesText(report)],
    ['Started', `${timeText(scan.startedAt)} by ${scan.actor}, ${scan.trigger}`],
    ['Ended', `${timeText(scan.endedAt)}, after ${secondsBetween(scan.startedAt, scan.endedAt)} s`],
    ['Nodes', nodesText(report)],
    ['Cluster id', scan.cluster.id],
    ['Scan id', scan.id],
    ['Made by', `Gatehouse ${scan.tool.version}, scanner version ${scan.tool.scannerVersion}`],
  ];
};

/** Rows that say something new: kube-hunter's number for what stands there already does not. */
const withoutRepeats = (all: readonly Failed[]): readonly Failed[] => {
  const told = new Set<string>();
  return all.filter(({ groups }) => {
    const checks = groups.map(({ check }) => check).filter((check) => !told.has(check));
    for (const check of checks) told.add(check);
    return checks.length > 0;
  });
};

/** The most urgent controls, as many as the first page has room for. */
const whereToBegin = (flow: Flow, report: Report): void => {
  const step = 15;
  const room = Math.floor((flow.left() - 20) / step);
  const open = failedControls(report).filter(({ open: number }) => number > 0);
  const urgent = (report.network ? withoutRepeats(open) : open).slice(0, Math.min(8, room));
  if (room < 3 || urgent.length === 0) return;
  flow.gap(4);
  caption(flow, 'Where to begin');
  for (const { id, title: what, severity, open } of urgent) {
    const base = flow.y() + 10;
    flow.begin('P');
    flow.label(severity, { ...styles.cellBold, colour: severityColours[severity] }, page.left, base);
    flow.line(wrap([span(id, styles.cellLink, `failed:${id}`)], 60, flow.faces)[0] ?? [], page.left + 50, base);
    flow.line(wrap(rich(what, styles.cell, styles.cellCode), contentWidth - 180, flow.faces)[0] ?? [], page.left + 90, base);
    flow.label(plural(open, 'open failure'), styles.cellSoft, page.right, base, true);
    flow.gap(step);
    flow.box(page.left, flow.y(), contentWidth, 0.5, colours.line);
  }
};

/** The first page: what was scanned, how much is known, what failed, and what to know before trusting it. */
export const cover = (flow: Flow, report: Report): void => {
  const { scan, controls, coverage } = report;
  const nodes = plural(scan.cluster.nodes.length, 'node');
  band(
    flow,
    `GATEHOUSE  ·  ${kindText(scan.kind).toUpperCase()}`,
    scan.cluster.name,
    `Kubernetes ${scan.cluster.kubernetesVersion}  ·  ${nodes}  ·  ${frameworkText(scan.benchmark.framework)} ${scan.benchmark.version}${hasRange(scan.benchmark) ? `, for Kubernetes ${scan.benchmark.range}` : ''}  ·  ${dayText(scan.startedAt)}`,
  );
  flow.bookmark(1, 'Summary');
  if (!scan.benchmark.inRange) trustNote(flow, report);
  keyNumbers(flow, report);
  const parts = shares(controls, openControls(report));
  caption(flow, `${coverage.total} ${termsOf(report).many} by outcome`);
  stackedBar(flow, parts, { x: page.left, y: flow.y(), width: contentWidth, height: 18 });
  flow.gap(22);
  legend(flow, parts, page.left, contentWidth);
  flow.gap(10);
  reach(flow, report);
  if (scan.benchmark.inRange) trustNote(flow, report);
  facts(flow, scanFacts(report));
  flow.gap(12);
  twoCharts(flow, report);
  whereToBegin(flow, report);
};
