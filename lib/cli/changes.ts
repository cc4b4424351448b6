import type { Subject } from '../core/finding.ts';
import type { Severity } from '../core/outcome.ts';
import type { ComparedFinding, Comparison } from '../reports/comparison.ts';
import { changeKinds } from '../reports/comparison.ts';
import { subjectLine } from '../reports/renderers/words.ts';
import type { Report } from '../reports/report.ts';
import { table, widest } from './table.ts';
import { type Style, styled, type Terminal } from './terminal.ts';

const titles: Record<(typeof changeKinds)[number], readonly [string, Style]> = {
  new: ['New', 'red'],
  notComparable: ['Not comparable', 'yellow'],
  persisting: ['Persisting', 'dim'],
  resolved: ['Resolved', 'green'],
};

interface Row {
  readonly check: string;
  readonly severity: Severity;
  readonly subject: Subject;
  readonly reason?: string;
}

const section = (terminal: Terminal, kind: (typeof changeKinds)[number], rows: readonly Row[]): string => {
  if (rows.length === 0) return '';
  const [title, style] = titles[kind];
  const lines = rows.map(({ check, severity, subject, reason }) => [
    severity,
    check,
    `${subjectLine(subject)}${reason ? `: ${reason}` : ''}`,
  ]);
  return `\n  ${styled(terminal, style, `${title} (${rows.length})`)}\n${table(terminal, lines, [
    8,
    widest(
      rows.map(({ check }) => check),
      50,
    ),
  ])}`;
};

/** What changed since the previous scan, from the report alone: new, resolved and not comparable. */
export const changesTable = (terminal: Terminal, { changes, findings }: Report): string => {
  if (!changes) return '';
  const added = new Set(changes.newFindings);
  return [
    section(
      terminal,
      'new',
      findings.filter(({ fingerprint }) => added.has(fingerprint)),
    ),
    section(terminal, 'notComparable', changes.notComparableFindings),
    section(terminal, 'resolved', changes.resolvedFindings),
  ].join('');
};

/** A whole comparison for a person. */
export const comparisonTable = (terminal: Terminal, comparison: Comparison): string => {
  const { base, head, cluster } = comparison;
  const heading = [
    ['Cluster', cluster.name],
    ['Base', `${base.startedAt}  Kubernetes ${base.kubernetesVersion}, CIS ${base.benchmark.version}, ${base.counts.fail} failed`],
    ['Head', `${head.startedAt}  Kubernetes ${head.kubernetesVersion}, CIS ${head.benchmark.version}, ${head.counts.fail} failed`],
    ['Changes', changeKinds.map((kind) => `${comparison[kind].length} ${titles[kind][0].toLowerCase()}`).join(', ')],
    ...comparison.statements.map((text) => ['Note', text]),
  ];
  const withReason = (one: ComparedFinding): Row => ({ ...one, reason: one.reason });
  return [
    '\n',
    table(
      terminal,
      heading.map(([name, text]) => [styled(terminal, 'bold', name as string), text as string]),
      [8],
    ),
    ...changeKinds.map((kind) =>
      section(
        terminal,
        kind,
        kind === 'persisting' ? comparison[kind].map(({ reason: _, ...one }) => one) : comparison[kind].map(withReason),
      ),
    ),
    '\n',
  ].join('');
};
