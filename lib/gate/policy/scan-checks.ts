import { isAtLeast, severities } from '../../core/outcome.ts';
import { timeOf, writeTime } from '../../core/time.ts';
import { fitsWildcard } from '../../core/wildcard.ts';
import type { ScanKind } from '../../reports/report.ts';
import { expiresAt } from '../../reports/waiver-end.ts';
import { ageText, durationMs } from './duration.ts';
import type { Judged } from './judged.ts';
import type { ScanDemand } from './policy.ts';
import { type CompletedScan, decidedPercent, type FailureSeen, failedBySeverity, newAtLeast, type ScanSeen } from './scan-seen.ts';

// Scan evidence against what a policy asks. Missing, failed and stale are outcomes that count, always; a threshold counts what no waiver accepts.

interface Said {
  readonly outcome: Judged['outcome'];
  readonly message: string;
  readonly failures?: readonly FailureSeen[];
  readonly isPending?: boolean;
}

/** A waiver that ended since the scan accepts nothing any more. */
const stillWaived = ({ waiver }: FailureSeen, now: string): boolean => waiver !== null && expiresAt(waiver) >= timeOf(now);

const waived = (failures: readonly FailureSeen[]): string =>
  failures.length === 0
    ? ''
    : ` ${failures.length} failure${failures.length === 1 ? ' is' : 's are'} waived: ${[...new Set(failures.map(({ check, waiver }) => `${check} (${waiver?.id})`))].join(', ')}.`;

/** Whether there is evidence that may be judged at all. */
const withoutEvidence = (demand: ScanDemand, seen: ScanSeen | undefined, now: string): Said | undefined => {
  const { kind, maxAge } = demand;
  const completed = seen?.completed;
  const coming = seen?.running ? ` Scan ${seen.running.scanId} is on its way.` : '';
  const isPending = seen?.running !== undefined;
  const newer = seen?.newer;
  if (newer && (newer.state === 'failed' || newer.state === 'timed-out') && (!completed || newer.at > completed.completedAt))
    return {
      outcome: 'fail',
      message: `The newest ${kind} scan (${newer.scanId}) ${newer.state === 'failed' ? 'failed' : 'timed out'}${newer.reason ? `: ${newer.reason.replace(/\.$/, '')}` : ''}.${coming}`,
      isPending,
    };
  if (!completed) return { outcome: 'unknown', message: `There is no completed ${kind} scan of this cluster.${coming}`, isPending };
  const age = timeOf(now) - timeOf(completed.completedAt);
  if (age < -5 * 60_000)
    return {
      outcome: 'unknown',
      message: `The ${kind} scan ${completed.scanId} is from the future (${completed.completedAt}); the clocks disagree.`,
    };
  if (age > durationMs(maxAge))
    return {
      outcome: 'fail',
      message: `The newest ${kind} scan is ${ageText(age)} old; at most ${maxAge} is allowed.${coming}`,
      isPending,
    };
  const stale = completed.staleAdvisories ?? [];
  if (stale.length > 0)
    return {
      outcome: 'fail',
      message: `The scan ${completed.scanId} compared with old advisories (${stale.join(', ')}), which counts as stale: update them, and scan again.${coming}`,
      isPending,
    };
  return undefined;
};

/** What the report itself says against the upgrade. */
const overThreshold = (
  demand: ScanDemand,
  scan: CompletedScan,
  open: readonly FailureSeen[],
): { readonly says: readonly string[]; readonly failures: readonly FailureSeen[]; readonly unknown: readonly string[] } => {
  const says: string[] = [];
  const unknown: string[] = [];
  const failures = new Set<FailureSeen>();
  const counts = failedBySeverity(open);
  for (const severity of severities) {
    const limit = demand.maxFailed?.[severity];
    if (limit === undefined || counts[severity] <= limit) continue;
    says.push(`${counts[severity]} ${severity} failure${counts[severity] === 1 ? '' : 's'} (at most ${limit})`);
    for (const failure of open) if (failure.severity === severity) failures.add(failure);
  }
  const forbidden = open.filter(({ check }) => demand.forbidden?.some((pattern) => fitsWildcard(pattern, check)));
  if (forbidden.length > 0) says.push(`${[...new Set(forbidden.map(({ check }) => check))].join(', ')} must not fail`);
  for (const failure of forbidden) failures.add(failure);
  if (demand.noneNew !== undefined) {
    const fresh = newAtLeast(open, demand.noneNew);
    if (fresh.length > 0) says.push(`${fresh.length} new failure${fresh.length === 1 ? '' : 's'} of severity ${demand.noneNew} or above`);
    for (const failure of fresh) failures.add(failure);
    // a first scan: every failure may be new, and nobody can say
    if (!scan.isCompared && open.some(({ severity }) => isAtLeast(severity, demand.noneNew as typeof severity)))
      unknown.push('there is no scan before it, so nobody can say which failures are new');
  }
  if (demand.minDecided !== undefined && decidedPercent(scan) < demand.minDecided)
    says.push(`${decidedPercent(scan)} % of the controls are decided (at least ${demand.minDecided} %)`);
  if (demand.benchmark !== undefined && scan.benchmark?.version !== demand.benchmark)
    says.push(`it used benchmark ${scan.benchmark?.version ?? 'none'} instead of ${demand.benchmark}`);
  if (demand.maxUnscored !== undefined) {
    if (scan.unscored === undefined) unknown.push('nobody counted findings without a score');
    else if (scan.unscored > demand.maxUnscored) says.push(`${scan.unscored} findings have no score (at most ${demand.maxUnscored})`);
  }
  return { says, failures: [...failures], unknown };
};

const saidOf = (demand: ScanDemand, seen: ScanSeen | undefined, now: string): Said => {
  const lacking = withoutEvidence(demand, seen, now);
  if (lacking || !seen?.completed) return lacking ?? { outcome: 'unknown', message: `There is no ${demand.kind} scan.` };
  const { completed } = seen;
  const accepted = completed.failures.filter((failure) => stillWaived(failure, now));
  const open = completed.failures.flatMap((failure) => (stillWaived(failure, now) ? [] : [{ ...failure, waiver: null }]));
  const { says, failures, unknown } = overThreshold(demand, completed, open);
  const what = `The ${demand.kind} scan ${completed.scanId}`;
  if (says.length > 0) return { outcome: 'fail', message: `${what}: ${says.join('; ')}.${waived(accepted)}`, failures };
  if (unknown.length > 0) return { outcome: 'unknown', message: `${what}: ${unknown.join('; ')}.${waived(accepted)}` };
  return {
    outcome: 'pass',
    message: `${what} is ${ageText(timeOf(now) - timeOf(completed.completedAt))} old and within the limits.${waived(accepted)}`,
  };
};

const titles: Readonly<Record<ScanKind, string>> = {
  configuration: 'The configuration scan is recent and within the limits',
  penetration: 'The penetration scan is recent and within the limits',
  conformance: 'The conformance scan is recent and within the limits',
  sbom: 'The SBOM scan is recent and within the limits',
};

/** One check `scan.<kind>` for each demand. */
export const judgeScans = (demands: readonly ScanDemand[], scans: readonly ScanSeen[], now: string): readonly Judged[] =>
  demands.map((demand): Judged => {
    const seen = scans.find(({ kind }) => kind === demand.kind);
    const { outcome, message, failures = [], isPending = false } = saidOf(demand, seen, now);
    return {
      id: `scan.${demand.kind}`,
      category: 'scan',
      title: titles[demand.kind],
      outcome,
      required: demand.required,
      severity: 'high',
      message,
      resources: failures
        .slice(0, 50)
        .map(({ check, subject, severity }) => ({ kind: 'Finding', name: check, detail: `${severity}: ${subject}` })),
      why: 'A cluster whose security nobody looked at lately should not be changed on trust.',
      repair:
        outcome === 'fail' && failures.length > 0
          ? 'Repair what is named, or have it accepted by a waiver, and scan again.'
          : `Run a ${demand.kind} scan of this cluster, and ask again.`,
      links: [],
      evidenceAt: seen?.completed?.completedAt ?? now,
      waiver: null,
      ...(isPending ? { isPending } : {}),
    };
  });

/** The moment the first scan that counts becomes stale. */
export const scansHoldUntil = (demands: readonly ScanDemand[], scans: readonly ScanSeen[]): string | undefined => {
  const ends = demands.flatMap(({ kind, maxAge }) => {
    const completed = scans.find((seen) => seen.kind === kind)?.completed;
    return completed ? [timeOf(completed.completedAt) + durationMs(maxAge)] : [];
  });
  return ends.length === 0 ? undefined : writeTime(Math.min(...ends));
};
