import { type Result, succeed } from '../core/failure.ts';
import { completedScanOf, type ScanSeen } from '../gate/policy/scan-seen.ts';
import { reportsIn } from './reports-in.ts';

/** What a folder of reports says of the scans of a cluster: the newest report of each kind. A folder knows of no scan that failed: it has no report. */
export const scansSeen = async (folder: string, clusterId: string): Promise<Result<readonly ScanSeen[]>> => {
  const reports = await reportsIn(folder, clusterId);
  if (!reports.ok) return reports;
  const byKind = Map.groupBy(reports.value, ({ report }) => report.scan.kind);
  // newest first, so the first of a kind is the one that counts
  return succeed(
    [...byKind].flatMap(([kind, [newest]]) => (newest ? [{ kind, completed: completedScanOf(newest.report, newest.sha256) }] : [])),
  );
};
