import { outcomes } from '../../../core/outcome.ts';
import { type ChangeKind, type ComparedFinding, type Comparison, changeKinds } from '../../comparison.ts';
import { changeWords, seenText } from '../comparison-rows.ts';
import type { Rendered, RenderOptions } from '../renderer.ts';
import { frameworkText, kindText, outcomeWords, subjectLine, thousands, timeText } from '../words.ts';
import { severityCell } from './changes.ts';
import { band, caption, note, tiles } from './cover-parts.ts';
import { type DocumentFacts, write } from './document.ts';
import type { Flow } from './flow.ts';
import { boldCell, cell, type Row, table } from './table.ts';
import { type Paragraph, rich, span } from './text.ts';
import { outcomeColours, styles, waivedColour } from './theme.ts';

const colours: Record<ChangeKind, string> = {
  new: outcomeColours.fail,
  notComparable: outcomeColours.unknown,
  persisting: waivedColour,
  resolved: outcomeColours.pass,
};

const details: Record<ChangeKind, string> = {
  new: 'fail now; the base scan looked and saw no failure',
  notComparable: 'fail in one scan; the other could not say',
  persisting: 'fail in both scans',
  resolved: 'failed; the head scan looked and sees no failure',
};

const factsOf = ({ kind, cluster, base, head }: Comparison): DocumentFacts => ({
  title: `Comparison of ${cluster.name}, ${timeText(base.startedAt)} and ${timeText(head.startedAt)}`,
  subject: `${kindText(kind)}s ${base.scanId} and ${head.scanId}`,
  keywords: ['Kubernetes', 'security', 'comparison', kind, cluster.name, cluster.id, base.scanId, head.scanId],
  author: `Gatehouse ${head.toolVersion}`,
  madeAt: head.startedAt,
  margins: {
    left: `Comparison  ·  ${cluster.name}`,
    right: `${timeText(base.startedAt)}  –  ${timeText(head.startedAt)}`,
    foot: `Gatehouse ${head.toolVersion}  ·  scans ${base.scanId} and ${head.scanId}`,
  },
});

const scans = (flow: Flow, { base, head }: Comparison): void => {
  const row = (name: string, of: (scan: Comparison['base']) => string): Row => [boldCell(name), cell(of(base)), cell(of(head))];
  caption(flow, 'The two scans');
  table(
    flow,
    [
      { title: '', share: 2 },
      { title: 'BASE', share: 4 },
      { title: 'HEAD', share: 4 },
    ],
    [
      row('Started', ({ startedAt }) => timeText(startedAt)),
      row('Scan', ({ scanId }) => scanId),
      row('Kubernetes', ({ kubernetesVersion }) => kubernetesVersion),
      row(
        'Benchmark',
        ({ benchmark }) =>
          `${frameworkText(benchmark.framework)} ${benchmark.version}, for Kubernetes ${benchmark.range}${benchmark.inRange ? '' : ': out of range'}`,
      ),
      row('Gatehouse', ({ toolVersion, scannerVersion }) => `${toolVersion}, scanner version ${scannerVersion}`),
    ],
  );
};

const signed = (number: number): string => (number > 0 ? `+${thousands(number)}` : number < 0 ? `−${thousands(-number)}` : '0');

const counts = (flow: Flow, { base, head, delta }: Comparison): void => {
  caption(flow, 'Findings by outcome');
  table(
    flow,
    [
      { title: 'OUTCOME', share: 4 },
      { title: 'BASE', share: 2, right: true },
      { title: 'HEAD', share: 2, right: true },
      { title: 'DIFFERENCE', share: 2, right: true },
    ],
    [...outcomes.map((outcome) => [outcome, outcomeWords[outcome]] as const), ['waived', 'Waived'] as const].map(([name, word]) => [
      cell(word),
      cell(thousands(base.counts[name])),
      cell(thousands(head.counts[name])),
      boldCell(signed(delta[name])),
    ]),
  );
};

const message = ({ base, head }: ComparedFinding): readonly Paragraph[] => {
  const seen = head?.outcome === 'fail' ? head : base;
  return seen ? [rich(seen.message, styles.cell, styles.cellCode)] : [];
};

const rowOf = (finding: ComparedFinding): Row => [
  severityCell(finding.severity),
  [
    [span(`${finding.title} `, styles.cellBold), span(finding.check, styles.cellCodeSoft)],
    [span(subjectLine(finding.subject), styles.cell)],
  ],
  [
    ...message(finding),
    [span(`${seenText(finding.base)} → ${seenText(finding.head)}. `, styles.cellBold), span(finding.reason, styles.cellSoft)],
    ...finding.changed.map((text): Paragraph => [span(text, styles.cellBold)]),
  ],
];

const list = (flow: Flow, comparison: Comparison, kind: ChangeKind): void => {
  const findings = comparison[kind];
  flow.heading(1, `${changeWords[kind]}: ${thousands(findings.length)}`, { anchor: kind });
  flow.paragraph([span(findings.length === 0 ? 'None.' : `These ${details[kind]}.`, styles.bodySoft)]);
  flow.gap(6);
  if (findings.length === 0) return;
  table(
    flow,
    [
      { title: 'SEVERITY', share: 1.1 },
      { title: 'CHECK AND SUBJECT', share: 4.2 },
      { title: 'WHAT HAPPENED', share: 4.7 },
    ],
    Iterator.from(findings).map(rowOf),
  );
};

const fill = (comparison: Comparison) => (flow: Flow) => {
  const { cluster, kind, base, head, statements } = comparison;
  band(
    flow,
    `GATEHOUSE  ·  COMPARISON OF TWO ${kindText(kind).toUpperCase()}S`,
    cluster.name,
    `${timeText(base.startedAt)}  –  ${timeText(head.startedAt)}`,
  );
  flow.bookmark(1, 'Summary');
  if (statements.length > 0) note(flow, 'Before you trust the lists', statements);
  tiles(
    flow,
    changeKinds.map((change) => ({
      number: thousands(comparison[change].length),
      word: changeWords[change],
      detail: details[change],
      colour: colours[change],
    })),
  );
  scans(flow, comparison);
  counts(flow, comparison);
  for (const change of changeKinds) list(flow, comparison, change);
};

/** The comparison on A4: what is new first, then what nobody can say, what persists, what is resolved. */
export const renderComparisonPdf = (comparison: Comparison, { fonts }: RenderOptions): Rendered => {
  if (!fonts) throw new Error('a PDF needs fonts: give their bytes as `fonts`');
  return write(factsOf(comparison), fonts, fill(comparison));
};
