import type { Evaluation, EvaluationCheck, PlanStep, Verdict } from '../gate/evaluation.ts';
import { band, caption, facts, note, tiles } from '../reports/renderers/pdf/cover-parts.ts';
import { type DocumentFacts, write } from '../reports/renderers/pdf/document.ts';
import type { Flow } from '../reports/renderers/pdf/flow.ts';
import { boldCell, cell, type Row, softCell, table } from '../reports/renderers/pdf/table.ts';
import { type Paragraph, rich, span } from '../reports/renderers/pdf/text.ts';
import { outcomeColours, outcomeTextColours, severityColours, styles, waivedColour } from '../reports/renderers/pdf/theme.ts';
import type { Rendered, RenderOptions } from '../reports/renderers/renderer.ts';
import { kindText, outcomeWords, plural, timeText } from '../reports/renderers/words.ts';
import { checkGroups } from './view.ts';

const verdictColours: Record<Verdict, string> = {
  deny: outcomeColours.fail,
  error: outcomeColours.error,
  pending: outcomeColours.manual,
  warn: outcomeColours.unknown,
  allow: outcomeColours.pass,
};
const verdictWords: Record<Verdict, string> = {
  deny: 'Denied',
  error: 'Not decided',
  pending: 'Pending',
  warn: 'Allowed, with warnings',
  allow: 'Allowed',
};

const factsOf = ({ id, cluster, current, target, evaluatedAt, tool }: Evaluation): DocumentFacts => ({
  title: `Upgrade of ${cluster.name} from ${current} to ${target}, ${timeText(evaluatedAt)}`,
  subject: `Evaluation ${id}`,
  keywords: ['Kubernetes', 'upgrade', 'evaluation', cluster.name, cluster.id, current, target, id],
  author: `Gatehouse ${tool.version}`,
  madeAt: evaluatedAt,
  margins: {
    left: `Upgrade evaluation  ·  ${cluster.name}`,
    right: `${current} → ${target}`,
    foot: `Gatehouse ${tool.version}  ·  evaluation ${id}`,
  },
});

/** Objects a row has room for; all of them are in evaluation.json. */
const mostResources = 12;

const resourceLines = ({ resources }: EvaluationCheck): readonly Paragraph[] => {
  const shown = resources
    .slice(0, mostResources)
    .map(
      ({ kind, namespace, name, detail }): Paragraph => [
        span(`${kind} `, styles.cellSoft),
        span(namespace === undefined ? name : `${namespace}/${name}`, styles.cellBold),
        ...(detail === undefined ? [] : [span(`  ${detail}`, styles.cell)]),
      ],
    );
  const more = resources.length - shown.length;
  return more > 0 ? [...shown, [span(`and ${more} more, in evaluation.json`, styles.cellSoft)]] : shown;
};

const waiverLine = ({ waiver }: EvaluationCheck): readonly Paragraph[] =>
  waiver
    ? [
        [
          span(
            `WAIVED by ${waiver.id} until ${waiver.expires}: ${waiver.reason} (${waiver.owner}, approved by ${waiver.approver})`,
            styles.cellSoft,
          ),
        ],
      ]
    : [];

const troubleRow = (check: EvaluationCheck): Row => [
  [
    [span(check.id, styles.cellBold)],
    [span(check.severity, { ...styles.cell, colour: severityColours[check.severity] })],
    [span(check.required ? 'required' : 'advisory', styles.cellSoft)],
  ],
  [
    [span(outcomeWords[check.outcome], { ...styles.cellBold, colour: outcomeTextColours[check.outcome] })],
    rich(check.message, styles.cell, styles.cellCode),
    ...resourceLines(check),
    ...waiverLine(check),
  ],
  [rich(check.repair, styles.cell, styles.cellCode), ...check.links.map((link): Paragraph => [span(link, styles.cellCodeSoft)])],
];

const troubles = (flow: Flow, title: string, intro: string, checks: readonly EvaluationCheck[]): void => {
  if (checks.length === 0) return;
  flow.heading(1, title, { keep: 120 });
  flow.paragraph([span(intro, styles.bodySoft)]);
  flow.gap(6);
  table(
    flow,
    [
      { title: 'CHECK', share: 2 },
      { title: 'WHAT WAS FOUND', share: 4.6 },
      { title: 'REPAIR', share: 3.4 },
    ],
    checks.map(troubleRow),
  );
};

const fine = (flow: Flow, checks: readonly EvaluationCheck[]): void => {
  if (checks.length === 0) return;
  flow.heading(1, 'In order', { keep: 120 });
  flow.paragraph([span('Looked at, and in order or not applicable.', styles.bodySoft)]);
  flow.gap(6);
  table(
    flow,
    [
      { title: 'CHECK', share: 2 },
      { title: 'WHAT HOLDS', share: 3.6 },
      { title: 'OUTCOME', share: 1.2 },
      { title: 'WHAT WAS FOUND', share: 3.2 },
    ],
    checks.map(
      ({ id, title, outcome, message }): Row => [
        boldCell(id),
        cell(title),
        softCell(outcomeWords[outcome]),
        [rich(message, styles.cell, styles.cellCode)],
      ],
    ),
  );
};

const stepRow = ({ order, what, node, component, restarts, disrupts = [] }: PlanStep): Row => [
  boldCell(String(order)),
  [rich(what, styles.cell, styles.cellCode), ...(disrupts.length > 0 ? [[span(`moves ${disrupts.join(', ')}`, styles.cellSoft)]] : [])],
  cell([component, node].filter((text) => text !== undefined).join(' on ')),
  softCell(restarts === undefined ? '' : restarts ? 'restarts' : 'stays'),
];

const plan = (flow: Flow, title: string, intro: string, steps: readonly PlanStep[]): void => {
  if (steps.length === 0) return;
  flow.heading(2, title, { keep: 90 });
  flow.paragraph([span(intro, styles.bodySoft)]);
  flow.gap(5);
  table(
    flow,
    [
      { title: 'STEP', share: 0.6 },
      { title: 'WHAT HAPPENS', share: 5.6 },
      { title: 'WHERE', share: 2.6 },
      { title: '', share: 1.2 },
    ],
    steps.map(stepRow),
  );
};

const evidence = (flow: Flow, { evidence: used }: Evaluation): void => {
  if (used.length === 0) return;
  caption(flow, 'Scans that were relied on');
  table(
    flow,
    [
      { title: 'KIND', share: 2 },
      { title: 'SCAN', share: 3 },
      { title: 'COMPLETED', share: 2 },
      { title: 'SHA-256 OF ITS REPORT', share: 3 },
    ],
    used.map(({ kind, scanId, completedAt, reportSha256 }) => [
      boldCell(kindText(kind)),
      cell(scanId),
      cell(timeText(completedAt)),
      [[span(reportSha256, styles.cellCodeSoft)]],
    ]),
  );
};

const fill = (evaluation: Evaluation) => (flow: Flow) => {
  const { cluster, current, target, verdict, summary, statements, checks, policy, previous } = evaluation;
  const groups = checkGroups(checks);
  band(
    flow,
    'GATEHOUSE  ·  UPGRADE EVALUATION',
    `${cluster.name}: ${verdictWords[verdict]}`,
    `Kubernetes ${current} → ${target}  ·  ${timeText(evaluation.evaluatedAt)}`,
  );
  flow.bookmark(1, 'Summary');
  flow.begin('P');
  flow.paragraph([span(summary, styles.bodyBold)]);
  flow.gap(10);
  if (statements.length > 0) note(flow, 'Before you trust the verdict', statements);
  tiles(flow, [
    { number: verdict, word: verdictWords[verdict], detail: `until ${timeText(evaluation.expiresAt)}`, colour: verdictColours[verdict] },
    { number: String(groups.denying.length), word: 'deny', detail: 'required checks that do not pass', colour: outcomeColours.fail },
    { number: String(groups.warning.length), word: 'warn', detail: 'advisory checks that do not pass', colour: outcomeColours.unknown },
    { number: String(groups.waived.length), word: 'waived', detail: 'accepted by a waiver', colour: waivedColour },
    { number: String(groups.fine.length), word: 'in order', detail: plural(checks.length, 'check'), colour: outcomeColours.pass },
  ]);
  facts(flow, [
    ['Evaluation', evaluation.id],
    ['Asked by', evaluation.requestedBy],
    ...Object.entries(evaluation.source ?? {}).map(([name, value]): readonly [string, string] => [name, value]),
    ['Policy', `${policy.name}${policy.version === undefined ? '' : `, version ${policy.version}`}`],
    ['Policy SHA-256', policy.sha256],
    ['Evidence hash', evaluation.evidenceHash],
    ['Cluster id', cluster.id],
    ['Data as of', evaluation.tool.dataAsOf],
    ['Path', evaluation.plan.path.join(' → ')],
  ]);
  flow.gap(8);
  evidence(flow, evaluation);
  if (previous)
    note(
      flow,
      `Since evaluation ${previous.id} (${previous.verdict})`,
      previous.changes.length > 0 ? previous.changes : ['Nothing changed.'],
    );
  troubles(
    flow,
    'What denies',
    'Required checks that fail, broke, or could not look. Each must be repaired, or waived where the policy lets a waiver cover it.',
    groups.denying,
  );
  troubles(flow, 'What warns', 'Advisory checks that do not pass. The upgrade may begin all the same.', groups.warning);
  troubles(flow, 'Waived', 'Accepted by a waiver: shown, and not counted.', groups.waived);
  if (evaluation.plan.inPlace.length + evaluation.plan.repave.length > 0) {
    flow.heading(1, 'What would happen', { keep: 120 });
    plan(flow, 'In place', 'What kubeadm does: which components restart, in which order.', evaluation.plan.inPlace);
    plan(flow, 'Repave', 'What replacing machines does: which, in which order.', evaluation.plan.repave);
  }
  fine(flow, groups.fine);
};

/** The evaluation on A4: the verdict and why, what denies with its repair, what warns, what would happen, what is in order. */
export const renderEvaluationPdf = (evaluation: Evaluation, { fonts }: RenderOptions): Rendered => {
  if (!fonts) throw new Error('a PDF needs fonts: give their bytes as `fonts`');
  return write(factsOf(evaluation), fonts, fill(evaluation));
};
