import { failed, type Result, succeed } from '../core/failure.ts';
import { parseKubernetesVersion } from '../core/version.ts';
import { conformanceFramework } from '../frameworks/conformance.ts';
import { finish } from '../reports/finish/index.ts';
import type { Conformance, Report, Scan } from '../reports/report.ts';
import { type ConformanceFacts, conformanceScanner, type Leftover, versionOfImage } from '../scanners/conformance/index.ts';
import type { RunDescription } from './judge-facts.ts';

/** The version of the suite that ran, and whether it is the cluster's own. */
const suiteOf = ({ image, cluster }: ConformanceFacts) => {
  const own = parseKubernetesVersion(cluster.kubernetesVersion);
  const version = versionOfImage(image);
  const suite = version === undefined ? own : parseKubernetesVersion(version);
  return {
    version: version ?? `of ${image}`,
    minor: suite?.minor ?? 0,
    inRange: version !== undefined && suite?.minor === own?.minor && suite?.major === own?.major,
  };
};

const describeScan = (facts: ConformanceFacts, run: RunDescription): Scan => {
  const { version, minor, inRange } = suiteOf(facts);
  return {
    id: run.scanId,
    kind: 'conformance',
    startedAt: run.startedAt,
    endedAt: run.endedAt,
    trigger: run.trigger,
    actor: run.actor,
    cluster: { ...facts.cluster, nodes: [...facts.nodes] },
    tool: { name: 'gatehouse', version: run.toolVersion, scannerVersion: conformanceScanner.version },
    benchmark: { framework: 'kubernetes-conformance', version, range: `1.${minor}`, inRange },
  };
};

const left = ({ passed, failed: broken, selected }: ConformanceFacts): string =>
  selected === undefined
    ? 'nobody knows how many tests were to come'
    : `${Math.max(0, selected - passed - broken)} of ${selected} tests were still to come`;

/** Why a run that was cut off has no whole report, and what is known of it: one sentence. */
export const cutText = (facts: ConformanceFacts): string | undefined =>
  facts.cut &&
  `${facts.cut.why.replace(/\.$/, '')}; until then ${facts.passed} ${facts.passed === 1 ? 'test' : 'tests'} had passed and ${facts.failed} failed, and ${left(facts)}.`;

const leftoverText = ({ kind, name, what }: Leftover): string => `${kind} ${name}${what === undefined ? '' : ` (${what})`}`;

const statementsFor = (facts: ConformanceFacts): readonly string[] => {
  const { cut, setUp, leftovers, mode, skipped, passed, failed: broken, image, notes } = facts;
  const { inRange, version } = suiteOf(facts);
  return [
    ...(cut
      ? [
          `The run was cut off, so this report is partial: ${cutText(facts)} Tests that passed are counted, not named, because the suite names only what fails while it runs.`,
        ]
      : [
          `${passed + broken === 1 ? '1 test' : `${passed + broken} tests`} ran: ${passed} passed, ${broken} failed; ${skipped} of the suite's other tests were not chosen.`,
        ]),
    ...(mode === 'certified'
      ? []
      : [`Mode ${mode}: what CNCF accepts as proof of conformance is a certified run, which also runs tests that disturb the cluster.`]),
    ...setUp.map(
      ({ name, output }) =>
        `A part of the suite that is no test failed, ${name}, which may explain failures of tests: ${output.split('\n')[0]?.slice(0, 300) ?? ''}`,
    ),
    ...(inRange ? [] : [`The suite that ran (${version}, image ${image}) is not that of the cluster's version.`]),
    ...notes,
    ...(leftovers.length > 0
      ? [
          `While the suite ran, these came into the cluster and are still there; look whether tests left them: ${leftovers.map(leftoverText).join(', ')}.`,
        ]
      : []),
  ];
};

const sectionOf = (facts: ConformanceFacts): Conformance => {
  const { mode, selection, image, cut, passed, failed: broken, skipped, selected, seconds, leftovers } = facts;
  return {
    engine: 'direct',
    mode,
    focus: selection.focus,
    skip: selection.skip,
    image,
    isWhole: cut === undefined,
    ...(selected === undefined ? {} : { selected }),
    passed,
    failed: broken,
    skipped,
    seconds,
    leftovers: leftovers.map(leftoverText),
  };
};

/** Why there is nothing to report: the suite itself broke, or nothing was chosen. */
const emptiness = (facts: ConformanceFacts): Result<void> => {
  const { cut, passed, failed: broken, setUp, selection } = facts;
  if (passed + broken > 0) return succeed(undefined);
  if (cut) return failed(cut.state === 'timed-out' ? 'timed-out' : 'answer-invalid', cutText(facts) ?? cut.why);
  const [first] = setUp;
  if (first)
    return failed(
      'answer-invalid',
      `No test ran, because the suite could not be set up (${first.name}): ${first.output.split('\n')[0]?.slice(0, 300) || 'it gives no reason'}.`,
    );
  return failed(
    'input-invalid',
    `No test of the suite fits the focus "${selection.focus}"${selection.skip === '' ? '' : ` without the skip "${selection.skip}"`}; both are regular expressions over the names of tests.`,
  );
};

/** From what a conformance scan observed to its report, without changes: judge → finish. Fails when no test ran. Pure. */
export const judgeConformanceFacts = (facts: ConformanceFacts, run: RunDescription): Result<Report> => {
  const empty = emptiness(facts);
  if (!empty.ok) return empty;
  const judged = conformanceScanner.judge(facts);
  const { version, minor } = suiteOf(facts);
  const rows = judged.map(({ check, area, judgements: [{ outcome }] }) => ({ id: check.id, area, hasPassed: outcome === 'pass' }));
  const report = finish({
    scan: describeScan(facts, run),
    framework: conformanceFramework(version, minor, rows, facts.cut === undefined),
    judged,
    waivers: run.waivers,
    statements: [...statementsFor(facts), ...run.statements],
  });
  return succeed({ ...report, counts: { ...report.counts, skipped: facts.skipped }, conformance: sectionOf(facts) });
};
