import { createHash } from 'node:crypto';
import type { GateFacts } from '../../core/gate/index.ts';
import { timeOf, writeTime } from '../../core/time.ts';
import type { Waiver } from '../../reports/waiver.ts';
import { expiresAt } from '../../reports/waiver-end.ts';
import { type Evaluation, type EvaluationCheck, isAllowed, type UpgradePlan, type Verdict } from '../evaluation.ts';
import { weightOf } from '../policy/check-choice.ts';
import type { CompiledPolicy } from '../policy/compile.ts';
import { durationMs } from '../policy/duration.ts';
import { hashOf } from '../policy/hash.ts';
import type { Judged } from '../policy/judged.ts';
import type { RuleAnswer } from '../policy/run-rules.ts';
import { judgeScans, scansHoldUntil } from '../policy/scan-checks.ts';
import type { ScanSeen } from '../policy/scan-seen.ts';
import { judgeWindows } from '../policy/windows.ts';
import type { Checked } from '../run-checks.ts';
import { explain } from './explain.ts';
import { type Override, overrideHolds } from './override.ts';
import { judgeRules } from './rules.ts';
import { summaryOf, verdictOf, worstVerdict } from './verdict.ts';
import { waive } from './waive.ts';

/** Everything an evaluation is made of; plain data. */
export interface Judgement {
  readonly id: string;
  readonly policy: CompiledPolicy;
  /** Version of the policy record, where it is stored. */
  readonly policyVersion?: number | undefined;
  readonly facts: GateFacts;
  /** As the cluster and the asker wrote them. */
  readonly current: string;
  readonly target: string;
  readonly checked: readonly Checked[];
  readonly scans: readonly ScanSeen[];
  readonly waivers: readonly Waiver[];
  readonly overrides: readonly Override[];
  readonly plan: UpgradePlan;
  readonly requestedBy: string;
  readonly source?: Readonly<Record<string, string>> | undefined;
  readonly previous?: Evaluation | undefined;
  readonly tool: Evaluation['tool'];
  /** Sentences that the caller wants read, e.g. how old the data is. */
  readonly statements?: readonly string[] | undefined;
  readonly now: string;
}

/** Checks over live facts as the policy weighs them; what it does not name is left out. */
const judgeFacts = ({ checked, policy: { policy }, facts }: Judgement): readonly Judged[] =>
  checked.flatMap(({ check, answer }): Judged[] => {
    const weight = weightOf(check.id, policy.spec.checks);
    if (weight === 'off') return [];
    const { id, category, title, severity, why, repair, links } = check;
    return [
      {
        id,
        category,
        title,
        outcome: answer.outcome,
        required: weight === 'required',
        severity,
        message: answer.message,
        resources: answer.resources.map((resource) => ({ ...resource })),
        why,
        repair: answer.repair ?? repair,
        links: [...links],
        evidenceAt: facts.observedAt,
        waiver: null,
      },
    ];
  });

/** All that is decided before rules: rules may read it. */
export const judgeBeforeRules = (judgement: Judgement): { readonly checks: readonly Judged[]; readonly scans: readonly ScanSeen[] } => {
  const { policy, facts, now, waivers } = judgement;
  const { spec } = policy.policy;
  const scans = judgement.scans.map((seen) => withoutExpired(seen, now));
  const checks = [...judgeFacts(judgement), ...judgeWindows(policy.policy, now).checks, ...judgeScans(spec.scans, scans, now)];
  return { checks: waive(checks, waivers, { waivable: spec.waivable, clusterName: facts.cluster.name, now }), scans };
};

/** A waiver that ended since the scan accepts nothing any more. */
const withoutExpired = (seen: ScanSeen, now: string): ScanSeen =>
  seen.completed
    ? {
        ...seen,
        completed: {
          ...seen.completed,
          failures: seen.completed.failures.map((failure) =>
            failure.waiver && expiresAt(failure.waiver) < timeOf(now) ? { ...failure, waiver: null } : failure,
          ),
        },
      }
    : seen;

const factsDigest = (facts: GateFacts): string => {
  const hash = createHash('sha256');
  for (const [name, slice] of Object.entries(facts).toSorted(([a], [b]) => (a < b ? -1 : 1)))
    hash.update(`${name}:${JSON.stringify(slice)}\n`);
  return hash.digest('hex');
};

const evidenceHash = ({ facts, current, target, policy, waivers, overrides, now }: Judgement, scans: readonly ScanSeen[]): string =>
  hashOf({
    facts: factsDigest(facts),
    current,
    target,
    policy: policy.sha256,
    scans: scans.map(({ kind, completed, newer, running }) => ({
      kind,
      scan: completed?.scanId,
      report: completed?.reportSha256,
      newer,
      running,
    })),
    waivers: waivers.filter((waiver) => expiresAt(waiver) >= timeOf(now)),
    overrides,
  });

const evidenceOf = ({ policy }: Judgement, scans: readonly ScanSeen[]): Evaluation['evidence'] =>
  scans.flatMap(({ kind, completed }) =>
    completed && policy.policy.spec.scans.some((demand) => demand.kind === kind)
      ? [
          {
            kind,
            scanId: completed.scanId,
            completedAt: completed.completedAt,
            reportSha256: completed.reportSha256,
            ...(completed.benchmark ? { benchmark: completed.benchmark.version } : {}),
          },
        ]
      : [],
  );

/** An answer holds no longer than what it rests on. */
const holdsUntil = ({ policy, now }: Judgement, scans: readonly ScanSeen[], checks: readonly Judged[], override?: Override): string => {
  const { spec } = policy.policy;
  const ends = [
    timeOf(now) + durationMs(spec.validFor),
    ...checks.flatMap(({ waiver }) => (waiver ? [expiresAt(waiver)] : [])),
    ...(override ? [timeOf(override.expires)] : []),
    ...[judgeWindows(policy.policy, now).until, scansHoldUntil(spec.scans, scans)].flatMap((end) =>
      end === undefined ? [] : [timeOf(end)],
    ),
  ];
  return writeTime(Math.max(timeOf(now), Math.min(...ends)));
};

const strip = ({ isPending: _, ...check }: Judged): EvaluationCheck => check;

const statementsOf = (
  judgement: Judgement,
  checks: readonly Judged[],
  audited: readonly string[],
  override?: Override,
): readonly string[] => {
  const { policy, statements = [], checked } = judgement;
  const off = checked.filter(({ check }) => weightOf(check.id, policy.policy.spec.checks) === 'off').map(({ check }) => check.id);
  const accepted = checks.flatMap(({ id, waiver }) =>
    waiver
      ? [`${id} does not pass and is accepted until ${waiver.expires} by waiver ${waiver.id} (${waiver.approver}): ${waiver.reason}`]
      : [],
  );
  return [
    ...(policy.policy.spec.scans.length === 0 ? ['Scan evidence was not considered.'] : []),
    ...(override
      ? [
          `Overridden until ${override.expires}: ${override.requestedBy.name} asked and ${override.approvedBy?.name} approved. Reason: ${override.reason}`,
        ]
      : []),
    ...accepted,
    ...audited,
    ...(off.length > 0 ? [`The policy asks nothing of: ${off.join(', ')}.`] : []),
    ...statements,
  ];
};

const overridable: readonly Verdict[] = ['deny', 'pending'];

/** Puts everything together into one answer. Pure: the same parts give the same evaluation. */
export const decide = (judgement: Judgement, answers: readonly RuleAnswer[]): Evaluation => {
  const { id, policy, policyVersion, facts, current, target, requestedBy, source, previous, tool, plan, now, overrides, waivers } =
    judgement;
  const before = judgeBeforeRules(judgement);
  const rules = judgeRules(policy.policy, answers, now);
  const { waivable } = policy.policy.spec;
  const checks = [...before.checks, ...waive(rules.checks, waivers, { waivable, clusterName: facts.cluster.name, now })];
  const found = worstVerdict(checks.map(verdictOf));
  const override = overridable.includes(found)
    ? overrides.find((one) => overrideHolds(one, { clusterId: facts.cluster.id, target }, now))
    : undefined;
  const verdict = override ? 'warn' : found;
  const step = `${current} to ${target}`;
  const summary = summaryOf(found, checks, step);
  const made = {
    schemaVersion: '1' as const,
    id,
    action: 'upgrade' as const,
    cluster: { id: facts.cluster.id, name: facts.cluster.name },
    current,
    target,
    policy: {
      name: policy.policy.metadata.name,
      ...(policyVersion === undefined ? {} : { version: policyVersion }),
      sha256: policy.sha256,
    },
    requestedBy,
    ...(source ? { source: { ...source } } : {}),
    evaluatedAt: now,
    expiresAt: holdsUntil(judgement, before.scans, checks, override),
    verdict,
    allowed: isAllowed(verdict),
    summary: override ? `Allowed by an override that ${override.approvedBy?.name} approved; without it: ${summary}` : summary,
    statements: [...statementsOf(judgement, checks, rules.statements, override)],
    checks: checks.map(strip),
    evidence: evidenceOf(judgement, before.scans),
    evidenceHash: evidenceHash(judgement, before.scans),
    plan,
    tool,
  };
  return {
    ...made,
    previous: previous
      ? { id: previous.id, verdict: previous.verdict, changes: [...explain(previous, { ...made, previous: null })] }
      : null,
  };
};
