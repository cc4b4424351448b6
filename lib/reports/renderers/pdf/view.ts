import { bySeverity, type Outcome, outcomes, type Severity, severities } from '../../../core/outcome.ts';
import type { ControlOutcome, Finding, Report } from '../../report.ts';
import { isOpenFailure, isPotential } from '../words.ts';
import { bySectionOrder, sectionOf } from './section-names.ts';

/** Findings that share everything but subject, message and evidence: their text is written once. */
export interface Group {
  readonly check: string;
  readonly title: string;
  readonly severity: Severity;
  readonly why: string;
  readonly repair: string;
  readonly findings: readonly Finding[];
}

/** A control, or a check that belongs to none, with its failing findings. */
export interface Failed {
  /** Control number, or check id. */
  readonly id: string;
  readonly title: string;
  readonly control: ControlOutcome | undefined;
  /** The worst of the open failures, or of all when every one is waived. */
  readonly severity: Severity;
  readonly open: number;
  readonly waived: number;
  readonly groups: readonly Group[];
}

export const groupFindings = (findings: readonly Finding[]): readonly Group[] =>
  [...Map.groupBy(findings, ({ check, repair }) => JSON.stringify([check, repair])).values()].map((own) => {
    const [{ check, title, severity, why, repair }] = own as unknown as readonly [Finding, ...Finding[]];
    return { check, title, severity, why, repair, findings: own };
  });

const worst = (findings: readonly Finding[]): Severity => findings.map(({ severity }) => severity).toSorted(bySeverity)[0] ?? 'info';

const failedOf = (id: string, title: string, control: ControlOutcome | undefined, findings: readonly Finding[]): Failed => {
  const open = findings.filter(isOpenFailure);
  return {
    id,
    title,
    control,
    severity: worst(open.length > 0 ? open : findings),
    open: open.length,
    waived: findings.length - open.length,
    groups: groupFindings(findings),
  };
};

/** Open failures before those that are all waived; then the severe; then in the order of the benchmark. */
const byUrgency = (a: Failed, b: Failed): number => Number(a.open === 0) - Number(b.open === 0) || bySeverity(a.severity, b.severity);

const withOutcome = (report: Report, outcome: Outcome): readonly Finding[] =>
  report.findings.filter((finding) => finding.outcome === outcome);

/** Each control with its findings of some outcome, controls without any left out. */
const byControl = (report: Report, findings: readonly Finding[]): readonly (readonly [ControlOutcome, readonly Finding[]])[] => {
  const own = new Map<string, Finding[]>();
  for (const finding of findings)
    for (const { id } of finding.controls) {
      const known = own.get(id);
      if (known) known.push(finding);
      else own.set(id, [finding]);
    }
  return report.controls.flatMap((control) => {
    const some = own.get(control.id);
    return some ? [[control, some] as const] : [];
  });
};

export const failedControls = (report: Report): readonly Failed[] =>
  byControl(report, withOutcome(report, 'fail'))
    .map(([control, findings]) => failedOf(control.id, control.title, control, findings))
    .toSorted(byUrgency);

/** Failures of checks that no control of the benchmark asks for. */
export const failedBeyond = (report: Report): readonly Failed[] =>
  [
    ...Map.groupBy(
      withOutcome(report, 'fail').filter(({ controls }) => controls.length === 0),
      ({ check }) => check,
    ),
  ]
    .map(([check, findings]) => failedOf(check, (findings[0] as Finding).title, undefined, findings))
    .toSorted(byUrgency);

export const manualFindings = (report: Report): readonly Finding[] =>
  withOutcome(report, 'manual').filter((finding) => !isPotential(finding));
/** Concluded from versions alone: a chapter of their own. Waived ones last, then the severe first. */
export const potentialFindings = (report: Report): readonly Finding[] =>
  report.findings
    .filter(isPotential)
    .toSorted((a, b) => Number(a.waiver !== null) - Number(b.waiver !== null) || bySeverity(a.severity, b.severity));
export const unseenFindings = (report: Report): readonly Finding[] => [...withOutcome(report, 'error'), ...withOutcome(report, 'unknown')];
export const goodFindings = (report: Report): readonly Finding[] => [
  ...withOutcome(report, 'pass'),
  ...withOutcome(report, 'not-applicable'),
];

/** A part of a bar: how many, and of what. */
export interface Share {
  readonly outcome: Outcome | 'waived';
  readonly number: number;
}

/** Whether all that fails in a control is waived. */
const isAccepted = (control: ControlOutcome, open: ReadonlySet<string>): boolean => control.outcome === 'fail' && !open.has(control.id);

/** Controls by outcome, worst first; those whose failures are all waived stand apart. */
export const shares = (controls: readonly ControlOutcome[], open: ReadonlySet<string>): readonly Share[] => {
  const number = (holds: (control: ControlOutcome) => boolean) => controls.filter(holds).length;
  const [, ...others] = outcomes;
  return [
    { outcome: 'fail', number: number((control) => control.outcome === 'fail' && !isAccepted(control, open)) },
    { outcome: 'waived', number: number((control) => isAccepted(control, open)) },
    ...others.map((outcome): Share => ({ outcome, number: number((control) => control.outcome === outcome) })),
  ];
};

/** Ids of controls with a failure that is not waived. */
export const openControls = (report: Report): ReadonlySet<string> =>
  new Set(report.findings.filter(isOpenFailure).flatMap(({ controls }) => controls.map(({ id }) => id)));

const countBySeverity = (findings: readonly Finding[]): readonly (readonly [Severity, number])[] =>
  severities.map((severity) => [severity, findings.filter((finding) => finding.severity === severity).length]);

/** Open failures by severity, zeros included. */
export const failuresBySeverity = (report: Report) => countBySeverity(report.findings.filter(isOpenFailure));
/** The same of what versions alone suggest. */
export const potentialBySeverity = (report: Report) => countBySeverity(potentialFindings(report).filter(({ waiver }) => waiver === null));

const numbers = new Intl.Collator('en', { numeric: true });
/** Letters sort behind all control numbers. */
const noControl = 'none';
/** In the order of the benchmark; what belongs to no control comes last. */
export const inBenchmarkOrder = (findings: readonly Finding[]): readonly Finding[] =>
  findings.toSorted(
    (a, b) => numbers.compare(a.controls[0]?.id ?? noControl, b.controls[0]?.id ?? noControl) || numbers.compare(a.check, b.check),
  );

/** Controls that no check has looked at. */
export const untouchedControls = ({ controls }: Report): readonly ControlOutcome[] => controls.filter(({ findings }) => findings === 0);

export interface Section {
  readonly id: string;
  readonly controls: readonly ControlOutcome[];
}

/** Controls by section, in the order of the framework. */
export const sections = (controls: readonly ControlOutcome[]): readonly Section[] => {
  const order = bySectionOrder(controls[0]?.framework ?? '');
  return [...Map.groupBy(controls, sectionOf)].map(([id, own]) => ({ id, controls: own })).toSorted((a, b) => order(a.id, b.id));
};
