import type { Judged } from '../checks/judge.ts';
import type { ConfigurationFacts } from '../core/facts/index.ts';
import { type Failure, failed } from '../core/failure.ts';
import { type ChosenFramework, type Framework, frameworks } from '../frameworks/index.ts';
import { finish } from '../reports/finish/index.ts';
import type { Report, Scan } from '../reports/report.ts';
import type { Waiver } from '../reports/waiver.ts';
import { configurationScanner } from '../scanners/configuration/index.ts';
import { statementsFor, whyUnread } from './statements.ts';

/** What is known of a run beside what it observed. */
export interface RunDescription {
  readonly scanId: string;
  readonly trigger: string;
  /** Who started it. */
  readonly actor: string;
  readonly toolVersion: string;
  readonly startedAt: string;
  readonly endedAt: string;
  readonly waivers: readonly Waiver[];
  /** Further sentences for page one, e.g. what could not be removed. */
  readonly statements: readonly string[];
}

const describeScan = ({ framework, inRange, range }: ChosenFramework, facts: ConfigurationFacts, run: RunDescription): Scan => ({
  id: run.scanId,
  kind: 'configuration',
  startedAt: run.startedAt,
  endedAt: run.endedAt,
  trigger: run.trigger,
  actor: run.actor,
  cluster: {
    ...facts.cluster,
    nodes: facts.nodes.read
      ? facts.nodes.value.map(({ name, role, kubeletVersion, osImage }) => ({ name, role, kubeletVersion, osImage }))
      : [],
  },
  tool: { name: 'gatehouse', version: run.toolVersion, scannerVersion: configurationScanner.version },
  benchmark: { framework: framework.id, version: framework.version, range, inRange },
});

/** Whether a check belongs into a report by this benchmark: it decides one of its controls, or no benchmark has it at all and it is our own. */
const isJudgedBy = (framework: Framework, check: string): boolean => {
  const has = ({ controls }: Framework) => controls.some(({ checks }) => checks.includes(check));
  return has(framework) || !frameworks.some(has);
};

function* judgedBy(framework: Framework, judged: Iterable<Judged>): Generator<Judged> {
  for (const one of judged) if (isJudgedBy(framework, one.check.id)) yield one;
}

/** From what a configuration scan observed to its report, without changes: judge → finish. Pure. */
export const judgeFacts = (facts: ConfigurationFacts, chosen: ChosenFramework, run: RunDescription): Report =>
  finish({
    scan: describeScan(chosen, facts, run),
    framework: chosen.framework,
    judged: judgedBy(chosen.framework, configurationScanner.judge(facts)),
    waivers: run.waivers,
    statements: [...statementsFor(chosen, facts), ...run.statements],
  });

/** The failure of a scan that saw nothing: the cluster went away half-way, or the credential may do next to nothing. Its report would only stand where an older one tells more. */
export const blindness = (
  { coverage }: Report,
  facts: ConfigurationFacts,
): { readonly ok: false; readonly failure: Failure } | undefined => {
  if (coverage.total === 0 || coverage.unknown + coverage.error < coverage.total) return undefined;
  const isForbidden = !facts.nodes.read && facts.nodes.missing !== undefined;
  return failed(
    isForbidden ? 'permission-missing' : 'cluster-unreachable',
    `Nothing could be looked at, so there is no report. ${whyUnread(facts) ?? 'Every check broke; please report it.'}`,
  );
};
