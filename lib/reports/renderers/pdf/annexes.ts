import { outcomes } from '../../../core/outcome.ts';
import type { Report } from '../../report.ts';
import { frameworkText, outcomeWords } from '../words.ts';
import { type Flow, paragraphs } from './flow.ts';
import { boldCell, cell, type Row, softCell, table } from './table.ts';
import { termsOf } from './terms.ts';
import { type Paragraph, rich, span } from './text.ts';
import { contentWidth, lineHeight, outcomeColours, outcomeTextColours, page, styles } from './theme.ts';

const waiverStates = { used: 'in use', expired: 'EXPIRED', unused: 'matches nothing' } as const;

/** Accepted risks, with those that no longer hold. */
export const waivers = (flow: Flow, report: Report): void => {
  if (report.waivers.length === 0) return;
  flow.heading(1, 'Waivers', { anchor: 'waivers' });
  flow.paragraph([
    span('A waived failure is still looked at and still listed; it is counted apart. An expired waiver accepts nothing.', styles.bodySoft),
  ]);
  flow.gap(6);
  table(
    flow,
    [
      { title: 'WAIVER', share: 1.4 },
      { title: 'REASON, AND WHAT IT ACCEPTS', share: 3.6 },
      { title: 'OWNER', share: 1.5 },
      { title: 'APPROVED BY', share: 1.5 },
      { title: 'UNTIL', share: 1.2 },
      { title: 'STATE', share: 1.3 },
      { title: 'FINDINGS', share: 1, right: true },
    ],
    report.waivers.map(
      ({ id, match, reason, owner, approver, expires, state, findings }): Row => [
        boldCell(id),
        [[span(reason, styles.cell)], [span([match.check, match.subject, match.cluster].filter(Boolean).join('  '), styles.cellCodeSoft)]],
        cell(owner),
        cell(approver),
        cell(expires),
        state === 'expired'
          ? [[span(waiverStates[state], { ...styles.cellBold, colour: outcomeColours.fail })]]
          : softCell(waiverStates[state]),
        cell(String(findings)),
      ],
    ),
  );
};

/** Every control of the benchmark, in its order. */
export const allControls = (flow: Flow, report: Report): void => {
  const { benchmark } = report.scan;
  const terms = termsOf(report);
  flow.heading(1, `All ${terms.many}`, { anchor: 'controls' });
  flow.paragraph([span(`${frameworkText(benchmark.framework)} ${benchmark.version}, ${terms.allIntro}`, styles.bodySoft)]);
  flow.gap(6);
  table(
    flow,
    [
      { title: terms.column, share: terms.hasLevels ? 1 : 1.2 },
      { title: 'TITLE', share: terms.hasLevels ? 5.5 : 6.1 },
      ...(terms.hasLevels ? [{ title: 'LEVEL', share: 0.8 }] : []),
      { title: 'OUTCOME', share: 2.3 },
      { title: 'FINDINGS', share: 1, right: true },
      { title: 'WAIVED', share: 0.9, right: true },
    ],
    report.controls.map(
      ({ id, title, level, outcome, findings, waived }): Row => [
        outcome === 'fail' ? [[span(id, styles.cellLink, `failed:${id}`)]] : boldCell(id),
        [rich(title, styles.cell, styles.cellCode)],
        ...(terms.hasLevels ? [softCell(String(level))] : []),
        [
          [
            span(outcomeWords[outcome], {
              ...styles.cellBold,
              colour: outcomeTextColours[outcome],
            }),
          ],
        ],
        cell(String(findings)),
        cell(waived === 0 ? '' : String(waived)),
      ],
    ),
  );
};

/** The nodes as the scan saw them. */
export const nodes = (flow: Flow, { scan: { cluster } }: Report): void => {
  if (cluster.nodes.length === 0) return;
  // a penetration scan does not ask for them
  const hasSystems = cluster.nodes.some(({ osImage }) => osImage !== '');
  flow.heading(1, 'Nodes', { anchor: 'nodes' });
  table(
    flow,
    [
      { title: 'NAME', share: 4 },
      { title: 'ROLE', share: 2 },
      { title: 'KUBELET', share: 2 },
      ...(hasSystems ? [{ title: 'SYSTEM', share: 4 }] : []),
    ],
    cluster.nodes.map(
      ({ name, role, kubeletVersion, osImage }): Row => [
        boldCell(name),
        cell(role),
        cell(kubeletVersion),
        ...(hasSystems ? [cell(osImage)] : []),
      ],
    ),
  );
};

const meanings: Record<(typeof outcomes)[number], string> = {
  fail: 'Read, and it does not hold.',
  error: 'The check itself broke; a defect of Gatehouse, not of the cluster. Nobody knows whether it holds.',
  unknown: 'Nobody could look: no right, no route, or no source. This is not a pass.',
  manual: 'The facts are collected, but only a person can decide. This is not a pass.',
  pass: 'Read, and it holds.',
  'not-applicable': 'What the check speaks of does not exist in this cluster.',
};

const networkWords: readonly Paragraph[] = [
  [
    span('Confirmed', styles.bodyBold),
    span(' means that the behaviour was seen: something answered as the evidence says. ', styles.body),
    span('Potential', styles.bodyBold),
    span(
      ' means concluded from a version alone, without trying anything; a vendor may have mended the flaw under the same number. Potential ones are counted apart and fail no probe.',
      styles.body,
    ),
  ],
  [
    span('External', styles.bodyBold),
    span(' is the network that Gatehouse runs in, ', styles.body),
    span('internal', styles.bodyBold),
    span(' a pod of the cluster. One port of one thing is one finding, whatever the address and from wherever it was seen.', styles.body),
  ],
  [
    span('Open, closed, filtered', styles.bodyBold),
    span(
      ': the port accepted the connection, refused it, or gave no answer. A closed port passes what is asked of it; a filtered one does only where the same target answered somewhere else.',
      styles.body,
    ),
  ],
  [
    span('Nothing was changed', styles.bodyBold),
    span(
      ': probes read, shake hands, or ask whether something would be allowed. Tokens, keys, passwords and contents of Secrets are in no finding.',
      styles.body,
    ),
  ],
];

/** What the words mean. */
export const guide = (flow: Flow, report: Report): void => {
  const { one } = termsOf(report);
  flow.heading(1, 'How to read this report', { anchor: 'guide', keep: 160 });
  for (const outcome of outcomes) {
    flow.begin('P');
    flow.need(lineHeight(styles.body.size));
    flow.box(page.left, flow.y() + 2.6, 7, 7, outcomeColours[outcome]);
    flow.label(outcomeWords[outcome], styles.bodyBold, page.left + 13, flow.y() + lineHeight(styles.body.size) * 0.74);
    flow.paragraph([span(meanings[outcome], styles.body)], { x: page.left + 120, width: contentWidth - 120 });
    flow.gap(2);
  }
  flow.gap(6);
  paragraphs(flow, [
    [
      span('Decided', styles.bodyBold),
      span(
        ` means passed, failed or not applicable. Only passed and not applicable are good news. A ${one} has the worst outcome of its findings, in the order above.`,
        styles.body,
      ),
    ],
    [
      span('Nodes disagree', styles.bodyBold),
      span(' marks a statement that holds on some nodes of a role and not on others; those that differ are named.', styles.body),
    ],
    [
      span('Waived', styles.bodyBold),
      span(' marks a failure that somebody with a name has accepted until a date. It is still evaluated and counted apart.', styles.body),
    ],
    ...(report.network ? networkWords : []),
    [
      span('The same findings', styles.bodyBold),
      span(', with a fingerprint that stays equal from scan to scan, are in report.json and report.csv.', styles.body),
    ],
    [
      span('A character', styles.bodyBold),
      span(' that no font of this file has, or that cannot be seen, is written as its code, such as ', styles.body),
      span('<U+202E>', styles.code),
      span('.', styles.body),
    ],
  ]);
};
