import type { Severity } from '../../../core/outcome.ts';
import type { ControlOutcome, Finding, Report } from '../../report.ts';
import { frameworkText, rangeText, sentence } from '../words.ts';

export const levelOfSeverity: Record<Severity, 'error' | 'warning' | 'note'> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'note',
  info: 'note',
};

/** What GitHub turns into critical (over 9.0), high (from 7.0), medium (from 4.0) and low (from 0.1). */
export const securitySeverity: Record<Severity, string> = { critical: '9.5', high: '8.0', medium: '5.5', low: '2.5', info: '0.1' };

/** Longest description, and most tags of a rule, that GitHub code scanning accepts. */
const longest = 1024;
const mostTags = 20;

const short = (text: string): string => (text.length > longest ? `${text.slice(0, longest - 1)}…` : text);

/** What most findings say of the repair: some override it, and those that wait for a person say at what to look. */
const usualRepair = (findings: readonly Finding[]): string => {
  const times = new Map<string, number>();
  for (const { repair, outcome } of findings) times.set(repair, (times.get(repair) ?? 0) + (outcome === 'fail' ? findings.length : 1));
  return [...times].toSorted(([, a], [, b]) => b - a)[0]?.[0] ?? '';
};

const taxonomyReference = ({ scan }: Report) => ({ name: scan.benchmark.framework, index: 0 });

/** The way code scanning writes techniques. */
export const techniqueTag = (technique: string): string => `attack/${technique}`;

/** The severity a rule has: that of its gravest failure, or of its first finding. */
export const severityOfRule = ([first]: readonly Finding[]): Severity => first?.severity ?? 'info';

const rule = (id: string, findings: readonly Finding[], report: Report) => {
  const [{ title, why, controls, techniques = [], references = [] }] = findings as readonly [Finding, ...Finding[]];
  const severity = severityOfRule(findings);
  const repair = usualRepair(findings);
  const numbers = controls.map((control) => control.id);
  const demanded =
    numbers.length > 0 ? `${frameworkText(report.scan.benchmark.framework)} ${report.scan.benchmark.version}: ${numbers.join(', ')}` : '';
  const reading = references.length > 0 ? [`Read on: ${references.join(' ')}`] : [];
  const [reference] = references;
  return {
    id,
    shortDescription: { text: short(title) },
    fullDescription: { text: short(why) },
    ...(reference === undefined ? {} : { helpUri: reference }),
    help: {
      text: [`Why it matters: ${why}`, `Repair: ${repair}`, ...(demanded ? [demanded] : []), ...reading].join('\n\n'),
      markdown: [`**Why it matters.** ${why}`, `**Repair.** ${repair}`, ...(demanded ? [`*${demanded}*`] : []), ...reading].join('\n\n'),
    },
    defaultConfiguration: { level: levelOfSeverity[severity] },
    relationships: numbers.map((control) => ({
      target: { id: control, toolComponent: taxonomyReference(report) },
      kinds: ['relevant'],
    })),
    properties: {
      tags: [
        'security',
        'kubernetes',
        severity,
        ...techniques.map(techniqueTag),
        ...numbers.map((number) => `${report.scan.benchmark.framework}/${number}`),
      ].slice(0, mostTags),
      precision: 'very-high',
      'security-severity': securitySeverity[severity],
    },
  };
};

/** A rule per check that has findings, by id, whatever the outcome: rules change with the tool, not with the cluster. */
export const rules = (report: Report) =>
  [...Map.groupBy(report.findings, ({ check }) => check)]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([id, findings]) => rule(id, findings, report));

const taxon = ({ id, title, level, automated }: ControlOutcome) => ({
  id,
  shortDescription: { text: title },
  properties: { level, automated },
});

/** The framework as a taxonomy, its controls as taxa. */
export const taxonomy = ({ scan: { benchmark }, controls }: Report) => ({
  name: benchmark.framework,
  fullName: `${frameworkText(benchmark.framework)} ${benchmark.version}`,
  version: benchmark.version,
  shortDescription: { text: `${sentence(rangeText(benchmark))}; titles in the words of Gatehouse.` },
  isComprehensive: true,
  taxa: controls.map(taxon),
});

/** References to the controls that a finding bears on. */
export const taxaOf = ({ controls }: Finding, report: Report) =>
  controls.map(({ id }) => ({ id, toolComponent: taxonomyReference(report) }));
