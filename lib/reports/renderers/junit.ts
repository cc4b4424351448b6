import { create } from 'xmlbuilder2';
import type { Finding, Report } from '../report.ts';
import type { Rendered } from './renderer.ts';
import { controlIds, evidenceText, secondsBetween, subjectLine } from './words.ts';

type Attributes = Readonly<Record<string, string | number | boolean>>;
/** What a test case reports; a pass reports nothing. */
interface Verdict {
  readonly element: 'failure' | 'error' | 'skipped';
  readonly attributes: Attributes;
  readonly text: string;
}

const details = (finding: Finding): string =>
  [
    finding.message,
    `Evidence: ${evidenceText(finding) || 'none'}`,
    ...(finding.inconsistent
      ? [
          `Nodes disagree; most common: ${finding.inconsistent.mostCommon}, deviating: ${finding.inconsistent.deviating.map(({ node, outcome }) => `${node} (${outcome})`).join(', ')}`,
        ]
      : []),
    `Why: ${finding.why}`,
    `${finding.outcome === 'manual' ? 'Look at' : 'Repair'}: ${finding.repair}`,
    `Controls: ${controlIds(finding.controls).join(', ') || 'none'}`,
    `Fingerprint: ${finding.fingerprint}`,
  ].join('\n');

const verdict = (finding: Finding): Verdict | undefined => {
  const { outcome, waiver, message, severity } = finding;
  if (waiver) {
    const reason = `Waived by ${waiver.id} until ${waiver.expires} (owner ${waiver.owner}): ${waiver.reason}`;
    return { element: 'skipped', attributes: { message: `${outcome}: ${message} ${reason}` }, text: details(finding) };
  }
  if (outcome === 'pass') return undefined;
  if (outcome === 'fail') return { element: 'failure', attributes: { message, type: severity }, text: details(finding) };
  if (outcome === 'unknown' || outcome === 'error')
    return { element: 'error', attributes: { message, type: outcome }, text: details(finding) };
  return { element: 'skipped', attributes: { message: `${outcome}: ${message}` }, text: details(finding) };
};

const counted = (verdicts: readonly (Verdict | undefined)[]): Attributes => {
  const number = (element: Verdict['element']) => verdicts.filter((one) => one?.element === element).length;
  return { tests: verdicts.length, failures: number('failure'), errors: number('error'), skipped: number('skipped') };
};

const folderOf = ({ check }: Finding): string => check.split('/')[0] ?? check;

const facts = ({ scan, coverage }: Report): readonly (readonly [string, string | number | boolean])[] => [
  ['scanId', scan.id],
  ['cluster', scan.cluster.name],
  ['clusterId', scan.cluster.id],
  ['kubernetesVersion', scan.cluster.kubernetesVersion],
  ['startedAt', scan.startedAt],
  ['toolVersion', scan.tool.version],
  ['benchmark', `${scan.benchmark.framework} ${scan.benchmark.version}`],
  ['benchmarkRange', scan.benchmark.range],
  ['benchmarkInRange', scan.benchmark.inRange],
  ['controls', coverage.total],
  ['controlsDecided', coverage.decided],
  ...coverage.statements.map((statement) => ['statement', statement] as const),
];

async function* write(report: Report): Rendered {
  const { scan, findings } = report;
  const verdicts = new Map(findings.map((finding) => [finding, verdict(finding)]));
  const countsOf = (some: readonly Finding[]) => counted(some.map((finding) => verdicts.get(finding)));
  const document = create({ version: '1.0', encoding: 'UTF-8', invalidCharReplacement: '' });
  const name = `gatehouse ${scan.kind} ${scan.cluster.name}`;
  const root = document.ele('testsuites', { name, time: secondsBetween(scan.startedAt, scan.endedAt), ...countsOf(findings) });
  const timestamp = scan.startedAt.replace(/(\.\d+)?Z$/, '');
  for (const [folder, own] of Map.groupBy(findings, folderOf)) {
    const suite = root.ele('testsuite', { name: folder, timestamp, hostname: scan.cluster.name, time: 0, ...countsOf(own) });
    const properties = suite.ele('properties');
    for (const [key, value] of facts(report)) properties.ele('property', { name: key, value: String(value) });
    for (const finding of own) {
      const found = verdicts.get(finding);
      const title = `${finding.title}: ${subjectLine(finding.subject)}`;
      const testcase = suite.ele('testcase', { classname: finding.check, name: title, time: 0 });
      if (found) testcase.ele(found.element, { ...found.attributes }).txt(found.text);
    }
  }
  yield `${document.end({ prettyPrint: true })}\n`;
}

/**
 * JUnit XML: a suite per folder of checks, a test case per finding. A failure fails, what could not be looked at is an error, what waits for a person, does not
 * apply or is waived is skipped. Characters that XML 1.0 cannot hold are left out.
 */
export const renderJunit = (report: Report): Rendered => write(report);
