import { subjectName } from '../../core/finding.ts';
import { isAtLeast, type Severity } from '../../core/outcome.ts';
import type { Report, ScanKind, WaiverMark } from '../../reports/report.ts';

/** A failure that a scan saw. */
export interface FailureSeen {
  readonly check: string;
  /** As reports write it: `Kind namespace/name container`. */
  readonly subject: string;
  readonly severity: Severity;
  /** Not there in the completed scan before. */
  readonly isNew: boolean;
  readonly waiver: WaiverMark | null;
}

/** The newest scan of a kind that was completed, as far as demands look at it. */
export interface CompletedScan {
  readonly scanId: string;
  readonly completedAt: string;
  /** SHA-256 of its report.json, hex. */
  readonly reportSha256: string;
  readonly benchmark?: { readonly framework: string; readonly version: string; readonly inRange: boolean } | undefined;
  readonly controls: { readonly total: number; readonly decided: number };
  readonly failures: readonly FailureSeen[];
  /** Whether there was a scan before it to compare with. */
  readonly isCompared: boolean;
  /** SBOM: findings without a score; absent where nobody counted. */
  readonly unscored?: number | undefined;
  /** SBOM: ecosystems whose advisories were older than five days when the scan compared with them, or of an unknown date. */
  readonly staleAdvisories?: readonly string[] | undefined;
}

/** What is known of the scans of one kind of a cluster. */
export interface ScanSeen {
  readonly kind: ScanKind;
  readonly completed?: CompletedScan | undefined;
  /** A later one that did not complete. */
  readonly newer?:
    | {
        readonly scanId: string;
        readonly state: 'failed' | 'timed-out' | 'cancelled' | 'skipped';
        readonly at: string;
        readonly reason?: string | undefined;
      }
    | undefined;
  /** One that is queued or runs. */
  readonly running?: { readonly scanId: string; readonly since: string } | undefined;
}

/** What demands look at of a report. */
export const completedScanOf = (report: Report, reportSha256: string): CompletedScan => {
  const fresh = new Set(report.changes?.newFindings ?? []);
  const { framework, version, inRange } = report.scan.benchmark;
  return {
    scanId: report.scan.id,
    completedAt: report.scan.endedAt,
    reportSha256,
    benchmark: { framework, version, inRange },
    controls: { total: report.coverage.total, decided: report.coverage.decided },
    failures: report.findings.flatMap(({ check, subject, severity, outcome, fingerprint, waiver }) =>
      outcome === 'fail' ? [{ check, subject: subjectName(subject), severity, isNew: fresh.has(fingerprint), waiver }] : [],
    ),
    isCompared: report.changes !== null,
    ...(report.sbom
      ? {
          unscored: report.sbom.unscored,
          staleAdvisories: report.sbom.advisories.flatMap(({ ecosystem, stale }) => (stale ? [ecosystem] : [])),
        }
      : {}),
  };
};

/** Failures that no waiver accepts, by severity; every severity has a number. */
export const failedBySeverity = (failures: readonly FailureSeen[]): Readonly<Record<Severity, number>> => {
  const counts: Record<Severity, number> = { critical: 0, high: 0, medium: 0, low: 0, info: 0 };
  for (const { severity, waiver } of failures) if (!waiver) counts[severity] += 1;
  return counts;
};

export const decidedPercent = ({ controls: { total, decided } }: CompletedScan): number =>
  total === 0 ? 0 : Math.floor((decided / total) * 100);

/** Failures at or above a severity that are new. */
export const newAtLeast = (failures: readonly FailureSeen[], severity: Severity): readonly FailureSeen[] =>
  failures.filter((failure) => failure.isNew && isAtLeast(failure.severity, severity));
