import { create, fragment } from 'xmlbuilder2';
import type { Finding, Report } from '../report.ts';
import type { Rendered } from './renderer.ts';
import { controlIds, evidenceText, isPotential, secondsBetween, stableLine } from './words.ts';

type Attributes = Readonly<Record<string, string | number | boolean>>;
/** What a test case reports; a pass reports nothing. */
interface Verdict {
  readonly element: 'failure' | 'error' | 'skipped';
  readonly attributes: Attributes;
  readonly text: string;
}

/** What is known of a finding that was made over the network. */
const overNetwork = ({
  certainty,
  vantages = [],
  techniques = [],
  references = [],
  subject: { endpoints = [] },
}: Finding): readonly string[] => [
  ...(certainty === undefined ? [] : [`Certainty: ${certainty}`]),
  ...(endpoints.length > 0 ? [`At: ${endpoints.join(', ')}`] : []),
  ...(vantages.length > 0 ? [`Seen from: ${vantages.join(', ')}`] : []),
  ...(techniques.length > 0 ? [`Techniques: ${techniques.join(', ')}`] : []),
  ...(references.length > 0 ? [`Read on: ${references.join(' ')}`] : []),
];

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
    ...overNetwork(finding),
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
  const word = isPotential(finding) ? 'potential' : outcome;
  return { element: 'skipped', attributes: { message: `${word}: ${message}` }, text: details(finding) };
};

interface Case {
  readonly finding: Finding;
  readonly verdict: Verdict | undefined;
}
/** The findings of one folder of checks. */
interface Suite {
  readonly folder: string;
  readonly cases: readonly Case[];
}

const counted = (cases: readonly Case[]): Attributes => {
  const number = (element: Verdict['element']) => cases.filter((one) => one.verdict?.element === element).length;
  return { tests: cases.length, failures: number('failure'), errors: number('error'), skipped: number('skipped') };
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

const characters = { invalidCharReplacement: '' } as const;
/** Stands for the test cases of a suite until they are written; no text of a report can look like it, because its `<` is escaped. */
const testCasesHere = 'testcases-here';

/** The document without its test cases: ten thousand of them in one tree would take hundreds of megabytes. */
const outline = (report: Report, suites: readonly Suite[]): string => {
  const { scan } = report;
  const document = create({ version: '1.0', encoding: 'UTF-8', ...characters });
  const root = document.ele('testsuites', {
    name: `gatehouse ${scan.kind} ${scan.cluster.name}`,
    time: secondsBetween(scan.startedAt, scan.endedAt),
    ...counted(suites.flatMap(({ cases }) => cases)),
  });
  const timestamp = scan.startedAt.replace(/(\.\d+)?Z$/, '');
  for (const { folder, cases } of suites) {
    const suite = root.ele('testsuite', { name: folder, timestamp, hostname: scan.cluster.name, time: 0, ...counted(cases) });
    const properties = suite.ele('properties');
    for (const [key, value] of facts(report)) properties.ele('property', { name: key, value: String(value) });
    suite.ele(testCasesHere);
  }
  return `${document.end({ prettyPrint: true })}\n`;
};

const testCase = ({ finding, verdict: found }: Case): string => {
  // dashboards follow a test case by its name
  const name = `${finding.title}: ${stableLine(finding.subject)}`;
  const element = fragment(characters).ele('testcase', { classname: finding.check, name, time: 0 });
  if (found) element.ele(found.element, { ...found.attributes }).txt(found.text);
  return `${element.toString({ prettyPrint: true, offset: 2 })}\n`;
};

async function* write(report: Report): Rendered {
  const suites = [...Map.groupBy(report.findings, folderOf)].map(
    ([folder, own]): Suite => ({ folder, cases: own.map((finding) => ({ finding, verdict: verdict(finding) })) }),
  );
  const [head = '', ...rest] = outline(report, suites).split(new RegExp(` *<${testCasesHere}/>\n`));
  yield head;
  for (const [index, { cases }] of suites.entries()) {
    for (const one of cases) yield testCase(one);
    yield rest[index] as string;
  }
}

/**
 * JUnit XML: a suite per folder of checks, a test case per finding. A failure fails, what could not be looked at is an error, what waits for a person, does not
 * apply or is waived is skipped. Characters that XML 1.0 cannot hold are left out.
 */
export const renderJunit = (report: Report): Rendered => write(report);
