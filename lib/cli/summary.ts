import type { Subject } from '../core/finding.ts';
import { bySeverity, isAtLeast, type Severity, severities } from '../core/outcome.ts';
import { otherStatements, untriedText } from '../reports/renderers/reach.ts';
import { frameworkText, hasRange, isPotential, rangeText } from '../reports/renderers/words.ts';
import type { ControlOutcome, Finding, Report } from '../reports/report.ts';
import { table } from './table.ts';
import { type Style, styled, type Terminal } from './terminal.ts';

const colours: Record<Severity, Style> = { critical: 'magenta', high: 'red', medium: 'yellow', low: 'blue', info: 'dim' };
/** Failures that count: not waived, worst first. */
export const openFailures = (report: Report): readonly Finding[] =>
  report.findings.filter(({ outcome, waiver }) => outcome === 'fail' && !waiver);

/** Number of open failures per severity, worst first, without the zeros: `2 critical, 5 high`. */
export const bySeverityText = (findings: readonly Finding[]): string =>
  severities
    .map((severity) => [findings.filter((finding) => finding.severity === severity).length, severity] as const)
    .filter(([number]) => number > 0)
    .map(([number, severity]) => `${number} ${severity}`)
    .join(', ') || 'none';

const controlsWith = (report: Report, holds: (control: ControlOutcome) => boolean): number => report.controls.filter(holds).length;

interface FailedControl {
  readonly control: ControlOutcome;
  /** Its open failures, worst first. */
  readonly failures: readonly Finding[];
  readonly severity: Severity;
}

/** Controls with open failures, the most severe first, then in the order of the benchmark. */
const failedControls = (report: Report): readonly FailedControl[] => {
  const open = openFailures(report);
  return report.controls
    .flatMap((control) => {
      const failures = open.filter(({ controls }) => controls.some(({ id }) => id === control.id));
      return failures[0] ? [{ control, failures, severity: failures[0].severity }] : [];
    })
    .toSorted((a, b) => bySeverity(a.severity, b.severity));
};

/** Controls that nobody could decide, as rows of id lists: for a person, and not looked at. */
const openControls = ({ controls }: Report): readonly (readonly [string, string])[] => {
  const ids = (...outcomes: readonly ControlOutcome['outcome'][]) =>
    controls.filter(({ outcome }) => outcomes.includes(outcome)).map(({ id }) => id);
  const rows = [
    ['A person must look', ids('manual')],
    ['Could not look', ids('unknown', 'error')],
  ] as const;
  return rows.filter(([, some]) => some.length > 0).map(([name, some]) => [name, some.join(', ')]);
};

const objectOf = ({ kind, namespace, name, nodes = [] }: Subject): string => {
  if (namespace !== undefined) return `${namespace}/${name}`;
  if (nodes.length === 0) return name;
  const where = nodes.length === 1 ? nodes[0] : `${nodes.length} nodes`;
  return kind === 'Node' ? (nodes.length === 1 ? name : `${name} (${where})`) : `${name} on ${where}`;
};

const placeOf = (subject: Subject): string => (subject.port === undefined ? objectOf(subject) : `${objectOf(subject)} ${subject.port}`);

const subjects = (own: readonly Finding[]): string => {
  const names = [...new Set(own.map(({ subject, title, check }) => (check.startsWith('conformance/') ? title : placeOf(subject))))];
  return names.length > 3 ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more` : names.join(', ');
};

/** Which table of controls, and whether it is made for the cluster. */
const benchmarkRow = (terminal: Terminal, { scan: { benchmark } }: Report): readonly [string, string] => {
  const { framework, version, inRange } = benchmark;
  const outside = inRange ? '' : styled(terminal, 'yellow', ' – this cluster is outside that range');
  const name = framework === 'cis-kubernetes' ? 'CIS Kubernetes' : frameworkText(framework);
  return [hasRange(benchmark) ? 'Benchmark' : 'Looked for', `${name} ${version}, ${rangeText(benchmark)}${outside}`];
};

/** What each vantage reached: without it, "no findings" and "nothing reached" look alike. */
const reachRows = ({ network }: Report): readonly (readonly [string, string])[] =>
  (network?.vantages ?? []).map((one) => [
    `From ${one.vantage === 'external' ? 'here' : 'a pod'}`,
    `${one.reached} of ${one.targets} targets reached; ${one.ports} ports tried: ${one.open} open, ${one.closed} closed, ${one.filtered} filtered${untriedText(one)}; ${one.timedOut} of ${one.requests} requests timed out`,
  ]);

/** How many findings of which outcome. What versions alone suggest is counted apart from what only a person can judge. */
const findingsText = (report: Report): string => {
  const { counts, findings } = report;
  const potential = findings.filter((finding) => isPotential(finding) && !finding.waiver);
  return [
    `${counts.fail} failed (${bySeverityText(openFailures(report))})`,
    ...(counts.potential === undefined ? [] : [`${counts.potential} potential, by version alone (${bySeverityText(potential)})`]),
    `${counts.pass} passed`,
    `${counts.manual - (counts.potential ?? 0)} manual`,
    `${counts.unknown + counts.error} could not look`,
    `${counts.waived} waived`,
  ].join(', ');
};

/** What a person reads after a scan: which cluster, how much was decided, what failed, what changed. */
export const summary = (terminal: Terminal, report: Report, notCompared?: string): string => {
  const { scan, coverage, changes } = report;
  const statements = otherStatements(report);
  const bold = (text: string) => styled(terminal, 'bold', text);
  const passed = controlsWith(report, ({ outcome }) => outcome === 'pass');
  const failed = controlsWith(report, ({ outcome }) => outcome === 'fail');
  const facts = [
    [
      'Cluster',
      `${bold(scan.cluster.name)}  Kubernetes ${scan.cluster.kubernetesVersion}, ${scan.cluster.nodes.length} node${scan.cluster.nodes.length === 1 ? '' : 's'}`,
    ],
    benchmarkRow(terminal, report),
    ...reachRows(report),
    [
      report.network ? 'Probes' : 'Controls',
      `${coverage.decided} of ${coverage.total} decided: ${passed} passed, ${failed} failed, ${coverage.decided - passed - failed} not applicable; ${coverage.manual} need a person, ${coverage.unknown + coverage.error} could not be looked at`,
    ],
    ['Findings', findingsText(report)],
    [
      'Changes',
      changes
        ? `since ${changes.base.startedAt}: ${changes.new} new, ${changes.resolved} resolved, ${changes.persisting} persisting, ${changes.notComparable} not comparable`
        : (notCompared ?? 'no previous scan of this cluster to compare with'),
    ],
  ];
  const rows = failedControls(report).map(({ control, failures, severity }) => [
    control.id,
    styled(terminal, colours[severity], severity),
    `${control.title}: ${subjects(failures)}`,
  ]);
  const undecided = openControls(report);
  return [
    '\n',
    table(
      terminal,
      facts.map(([name, text]) => [bold(name as string), text as string]),
      [report.network ? 10 : 9],
    ),
    ...(rows.length > 0
      ? [
          `\n  ${bold('Failed: what should hold, and where it does not')}\n`,
          table(terminal, rows, [report.conformance ? 19 : report.network ? 10 : 6, 8]),
        ]
      : []),
    ...(undecided.length > 0 ? [`\n  ${bold('Not decided')}\n`, table(terminal, undecided, [18])] : []),
    ...(statements.length > 0
      ? [
          `\n  ${bold('Before you trust the numbers')}\n`,
          table(
            terminal,
            statements.map((text) => ['-', text]),
            [1],
          ),
        ]
      : []),
  ].join('');
};

/** Open failures at or above a severity. */
export const failuresAtLeast = (report: Report, threshold: Severity): readonly Finding[] =>
  openFailures(report).filter(({ severity }) => isAtLeast(severity, threshold));
