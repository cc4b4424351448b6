import type { Finding, Report } from '../../report.ts';
import { controlIds, outcomeWords, plural } from '../words.ts';
import { evidenceLines, inconsistencyLine, markLines, subjectCell, subjectLineOf, subjectList } from './evidence.ts';
import type { Flow } from './flow.ts';
import { isRuledOut, ruledOut } from './ruled-out.ts';
import { boldCell, cell, type Row, softCell, table } from './table.ts';
import { termsOf } from './terms.ts';
import { rich, span } from './text.ts';
import { styles } from './theme.ts';
import { goodFindings, groupFindings, inBenchmarkOrder, manualFindings, unseenFindings, untouchedControls } from './view.ts';

const controlsCell = (findings: readonly Finding[]) => {
  const ids = [...new Set(findings.flatMap(({ controls }) => controlIds(controls)))];
  return [[span(ids.join(', ') || '–', styles.cellBold)]];
};

/** What a person must look at, with what was collected for it. */
export const manual = (flow: Flow, report: Report): void => {
  const findings = manualFindings(report);
  if (findings.length === 0) return;
  const terms = termsOf(report);
  flow.heading(1, 'A person must look', { anchor: 'manual' });
  flow.paragraph([
    span(
      'A program cannot decide these. What it could collect is here, with what to look at; until a person has looked, they count neither as passed nor as failed.',
      styles.bodySoft,
    ),
  ]);
  flow.gap(6);
  const rows = groupFindings(inBenchmarkOrder(findings)).map(
    ({ title, check, repair, findings: own }): Row => [
      controlsCell(own),
      [[span(title, styles.cellBold)], rich(repair, styles.cell, styles.cellCode), [span(check, styles.cellCodeSoft)]],
      own.flatMap((finding) => [
        ...(own.length > 1 ? subjectCell(finding.subject, report.scan) : []),
        ...markLines(finding, new Set()),
        rich(finding.message, styles.cell, styles.cellCode),
        ...inconsistencyLine(finding),
        ...evidenceLines(finding),
      ]),
    ],
  );
  table(
    flow,
    [
      { title: terms.column, share: 1 },
      { title: 'WHAT TO LOOK AT', share: 4.2 },
      { title: 'WHAT WAS COLLECTED', share: 4.8 },
    ],
    rows,
  );
};

/** What nobody could see, by reason. */
export const unseen = (flow: Flow, report: Report): void => {
  const findings = unseenFindings(report);
  const untouched = untouchedControls(report);
  if (findings.length + untouched.length === 0) return;
  const terms = termsOf(report);
  flow.heading(1, 'Could not look', { anchor: 'unseen' });
  flow.paragraph([
    span(
      'The scan had no right, no route or no source for these, or the check itself broke. They are not passed: nobody knows. Each reason is written once, with everything it hides.',
      styles.bodySoft,
    ),
  ]);
  flow.gap(6);
  const byReason = [...Map.groupBy(findings, ({ outcome, message }) => JSON.stringify([outcome, message])).values()];
  for (const own of byReason) {
    const [{ outcome, message }] = own as unknown as readonly [Finding, ...Finding[]];
    flow.need(70);
    flow.begin('H2');
    flow.paragraph([span(`${outcomeWords[outcome]}: `, styles.warningBold), span(message.replace(/^Could not look: /, ''), styles.body)]);
    flow.begin('P');
    flow.paragraph([span(plural(own.length, 'finding'), styles.small)]);
    flow.gap(3);
    const shown = outcome === 'error' || own.some(({ inconsistent }) => inconsistent);
    // that the whole cluster is concerned goes without saying
    const named = shown || own.some(({ subject }) => subject.kind !== 'Cluster');
    table(
      flow,
      [
        { title: terms.column, share: 1.2 },
        { title: 'WHAT WAS NOT DECIDED', share: named ? 4.8 : 8.8 },
        ...(named ? [{ title: shown ? 'SUBJECTS AND EVIDENCE' : 'SUBJECTS', share: 4 }] : []),
      ],
      [...Map.groupBy(inBenchmarkOrder(own), ({ check }) => check)].map(
        ([check, same]): Row => [
          controlsCell(same),
          [[span(`${same[0]?.title} `, styles.cell), span(check, styles.cellCodeSoft)]],
          ...(named
            ? [
                [
                  ...subjectList(same.map(({ subject }) => subject)),
                  ...(shown ? same.flatMap((finding) => [...inconsistencyLine(finding), ...evidenceLines(finding)]) : []),
                ],
              ]
            : []),
        ],
      ),
    );
  }
  if (untouched.length === 0) return;
  flow.need(70);
  flow.begin('H2');
  flow.paragraph([span('Not looked at: ', styles.warningBold), span(terms.untouched, styles.body)]);
  flow.begin('P');
  flow.paragraph([span(plural(untouched.length, terms.one), styles.small)]);
  flow.gap(3);
  table(
    flow,
    [
      { title: terms.column, share: 1.2 },
      { title: 'TITLE', share: 8.8 },
    ],
    untouched.map(({ id, title }): Row => [boldCell(id), cell(title)]),
  );
};

/** Checks with few subjects show their evidence; for many, the names are enough on paper. */
const mostWithEvidence = 4;
/** Looks that are shown of a subject that passed; where nothing applies, the message says why, and two are enough. */
const mostEvidence = 4;

/** Of a hundred probes many find nothing they could be about, for the same reason: one row says it of all of them. */
const nothingThere = ({ outcome, subject, message, waiver }: Finding): string | undefined =>
  outcome === 'not-applicable' && subject.kind === 'Cluster' && waiver === null ? JSON.stringify([outcome, message]) : undefined;

/** What passed and what does not apply, as proof that it was looked at. */
export const good = (flow: Flow, report: Report): void => {
  const all = goodFindings(report);
  if (all.length === 0) return;
  const findings = all.filter((finding) => !isRuledOut(finding));
  flow.heading(1, 'Passed and not applicable', { anchor: 'good' });
  flow.paragraph([
    span(
      `Looked at and in order. A check with more than ${mostWithEvidence} subjects lists their names; the evidence of each is in report.csv and report.json.`,
      styles.bodySoft,
    ),
  ]);
  flow.gap(6);
  ruledOut(flow, all);
  if (findings.length === 0) return;
  flow.gap(4);
  const together = report.network ? nothingThere : () => undefined;
  const groups = [
    ...Map.groupBy(inBenchmarkOrder(findings), (finding) => together(finding) ?? JSON.stringify([finding.check, finding.outcome])).values(),
  ];
  table(
    flow,
    [
      { title: termsOf(report).column, share: 1 },
      { title: 'WHAT HOLDS', share: 3 },
      { title: 'OUTCOME', share: 1.3 },
      { title: 'SUBJECTS AND EVIDENCE', share: 5.7 },
    ],
    groups.map(
      (own): Row => [
        controlsCell(own),
        [...new Map(own.map(({ check, title }) => [check, title]))].flatMap(([check, title]) => [
          rich(title, styles.cell, styles.cellCode),
          [span(check, styles.cellCodeSoft)],
        ]),
        softCell(outcomeWords[own[0]?.outcome ?? 'pass']),
        own[0] && together(own[0]) !== undefined
          ? [rich(own[0].message, styles.cell, styles.cellCode)]
          : own.length > mostWithEvidence
            ? [[span(plural(own.length, 'subject'), styles.cellBold)], ...subjectList(own.map(({ subject }) => subject))]
            : own.flatMap((finding) => [
                ...(finding.subject.kind === 'Cluster' ? [] : [subjectLineOf(finding.subject, report.scan)]),
                // of what passed the evidence says it all
                ...(finding.outcome === 'pass' && finding.evidence.length > 0 ? [] : [rich(finding.message, styles.cell, styles.cellCode)]),
                ...evidenceLines(finding, finding.outcome === 'pass' ? mostEvidence : 2),
              ]),
      ],
    ),
  );
};
