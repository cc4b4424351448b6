import { type Judgement, subjectText } from '../../core/finding.ts';
import { byOutcome, bySeverity, type Severity } from '../../core/outcome.ts';
import { redact } from '../../core/redact.ts';
import type { Framework } from '../../frameworks/framework.ts';
import type { Finding, Report, Scan } from '../report.ts';
import type { Waiver } from '../waiver.ts';
import { controlOutcomes, controlsByCheck, countFindings, coverControls } from './controls.ts';
import { fingerprint } from './fingerprint.ts';
import { type MergedJudgement, mergeNodes } from './merge-nodes.ts';
import { markWaivers } from './waivers.ts';

/** What finishing needs to know of a check. */
export interface CheckText {
  readonly id: string;
  readonly title: string;
  readonly severity: Severity;
  readonly why: string;
  readonly repair: string;
  readonly lookAt?: string;
  readonly techniques?: readonly string[];
  readonly references?: readonly string[];
}

/** What one check said of a cluster. */
export interface JudgedCheck {
  readonly check: CheckText;
  readonly judgements: readonly Judgement[];
}

export interface FinishInput {
  readonly scan: Scan;
  readonly framework: Framework;
  /** Read once, check by check. */
  readonly judged: Iterable<JudgedCheck>;
  readonly waivers: readonly Waiver[];
  /** Sentences for the reader of page one; benchmark and coverage ones are the scanner's to write. */
  readonly statements: readonly string[];
}

const toFinding = (
  scan: Scan,
  check: CheckText,
  { subject, outcome, message, evidence, repair, inconsistent, severity, certainty, vantages, vulnerability }: MergedJudgement,
): Finding => ({
  check: check.id,
  title: check.title,
  subject,
  outcome,
  severity: severity ?? check.severity,
  message,
  why: check.why,
  repair: repair ?? (outcome === 'manual' ? (check.lookAt ?? check.repair) : check.repair),
  evidence: [...evidence],
  controls: [],
  fingerprint: fingerprint(scan.cluster.id, check.id, subject),
  waiver: null,
  ...(inconsistent ? { inconsistent } : {}),
  ...(certainty ? { certainty } : {}),
  ...(vantages ? { vantages: [...vantages] } : {}),
  ...(vulnerability ? { vulnerability } : {}),
  ...(check.techniques ? { techniques: [...check.techniques] } : {}),
  ...(check.references ? { references: [...check.references] } : {}),
});

const redactFinding = (finding: Finding): Finding => ({
  ...finding,
  message: redact(finding.message),
  evidence: finding.evidence.map((one) => ({ ...one, source: redact(one.source), looked: redact(one.looked), found: redact(one.found) })),
});

const numbers = new Intl.Collator('en', { numeric: true });
/** Negative when control `a` comes before `b`: numbers by part, so that 1.2.10 follows 1.2.9. */
export const byControlId = (a: string, b: string): number => numbers.compare(a, b);

/** Worst first; then in the order of the benchmark; then by name. Total, so that the same facts give the same report. */
const byImportance = (a: Finding, b: Finding): number =>
  byOutcome(a.outcome, b.outcome) ||
  bySeverity(a.severity, b.severity) ||
  Number(a.controls.length === 0) - Number(b.controls.length === 0) ||
  byControlId(a.controls[0]?.id ?? '', b.controls[0]?.id ?? '') ||
  numbers.compare(a.check, b.check) ||
  numbers.compare(subjectText(a.subject), subjectText(b.subject)) ||
  numbers.compare(a.fingerprint, b.fingerprint);

/** From judgements to the report, in written order: merge nodes · fingerprint · frameworks · waivers · redact · sort · count. Pure. */
export const finish = ({ scan, framework, judged, waivers, statements }: FinishInput): Report => {
  const references = controlsByCheck(framework);
  const raw: Finding[] = [];
  for (const { check, judgements } of judged)
    for (const merged of mergeNodes(judgements))
      raw.push({ ...toFinding(scan, check, merged), controls: [...(references.get(check.id) ?? [])] });
  const { findings, uses } = markWaivers(raw, waivers, scan);
  const sorted = findings.map(redactFinding).toSorted(byImportance);
  const controls = controlOutcomes(framework, sorted);
  return {
    schemaVersion: '1',
    scan,
    coverage: coverControls(controls, statements),
    counts: countFindings(sorted),
    controls: [...controls],
    findings: sorted,
    waivers: [...uses],
    changes: null,
  };
};
